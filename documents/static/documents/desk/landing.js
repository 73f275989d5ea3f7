/* The outline of a file: levels are shown and kept as they are chosen, with the numbers that they get, Alt and the arrows go through it. Without this file the form does the same. */
"use strict";
(function () {
  var form = document.querySelector("[data-landing]");
  if (!form) return;
  var hint = form.querySelector("[data-keys-hint]");
  if (hint) hint.hidden = false;
  var dirty = false;

  function show(select) {
    var row = select.closest("[data-row]");
    row.className = row.className.replace(/\bl\d\b/, "l" + select.value);
  }
  // Keeps what is chosen and shows the numbers that all headings have now; what can't be kept stays in the form.
  var asked = 0, waiting = 0;
  function keep() {
    dirty = true;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(function () {
      var turn = (asked += 1), data = new FormData(form);
      // The same page again, also where the button "Save" leads back to the two outlines.
      data.set("do", data.get("open") ? "open " + data.get("open") : "save");
      fetch(location.pathname, { method: "POST", body: data, credentials: "same-origin" }).then(function (answer) {
        return answer.ok ? answer.text() : "";
      }).then(function (page) {
        if (!page || turn !== asked) return;
        var found = new DOMParser().parseFromString(page, "text/html");
        if (!found.querySelector("[data-landing]")) return;
        dirty = false;
        form.querySelectorAll("[data-row]").forEach(function (row) {
          var now = found.getElementById(row.id), name = now && now.querySelector(".lname");
          if (name) row.querySelector(".lname").replaceWith(document.importNode(name, true));
        });
      }).catch(function () {});
    }, 400);
  }
  form.addEventListener("change", function (event) {
    if (!event.target.closest("[data-row]")) { dirty = true; return; }
    keep();
    if (event.target.matches("[data-level]")) show(event.target);
    if (event.target.matches("[data-row] input[type=checkbox]")) event.target.closest("[data-row]").classList.toggle("annex", event.target.checked);
  });
  form.addEventListener("submit", function () { dirty = false; asked += 1; window.clearTimeout(waiting); });
  window.addEventListener("beforeunload", function (event) { if (dirty) event.preventDefault(); });
  form.addEventListener("keydown", function (event) {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    var row = event.target.closest("[data-row]");
    var rows = Array.prototype.filter.call(form.querySelectorAll("[data-row]"), function (one) { return one.querySelector("[data-level]"); });
    var step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) {
      var next = rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(row) + step))];
      if (next) next.querySelector("[data-level]").focus();
      event.preventDefault();
      return;
    }
    var change = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!change || !row) return;
    var select = row.querySelector("[data-level]");
    var index = Math.max(0, Math.min(select.options.length - 1, select.selectedIndex + change));
    if (index !== select.selectedIndex) { select.selectedIndex = index; keep(); show(select); }
    select.focus();
    event.preventDefault();
  });
})();
