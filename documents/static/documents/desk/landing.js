/* The outline of a file: levels are shown and kept as they are chosen, with the numbers that they get, Alt and the arrows go through it.
   Two outlines side by side: what is chosen is kept, and both are drawn anew. Without this file the form does the same. */
"use strict";
(function () {
  var form = document.querySelector("[data-landing]");
  if (!form) return;
  var hint = form.querySelector("[data-keys-hint]");
  if (hint) hint.hidden = false;
  var dirty = false, pairs = form.querySelector(".lpairs");

  function show(select) {
    var row = select.closest("[data-row]");
    row.className = row.className.replace(/\bl\d\b/, "l" + select.value);
  }
  function levels() {
    return Array.prototype.filter.call(form.querySelectorAll("[data-row]"), function (one) { return one.querySelector("[data-level]"); });
  }
  function annex(row) { return row.querySelector("input[type=checkbox]"); }
  // Keeps what is chosen, one answer after the other, and shows the numbers and levels that all headings have now; what can't be
  // kept stays in the form. Only what was changed is sent: where all levels go up, those of other pages of the outline go too.
  var waiting = 0, sending = false, leaving = null;
  function keep() {
    dirty = true;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(send, 400);
  }
  function send() {
    if (sending) return;
    waiting = 0;
    sending = true;
    var data = new FormData(form), held = new Map();
    levels().forEach(function (row) {
      var select = row.querySelector("[data-level]"), box = annex(row);
      var changed = !select.options[select.selectedIndex].defaultSelected || box.checked !== box.defaultChecked;
      held.set(row, { level: select.value, annex: box.checked, changed: changed });
      if (changed) return;
      data.delete(select.name);
      data.delete(box.name);
    });
    if (pairs) data.delete("language");
    // The same page again, also where the button "Save" leads back to the two outlines.
    data.set("do", data.get("open") ? "open " + data.get("open") : "save");
    fetch(location.pathname, { method: "POST", body: data, credentials: "same-origin" }).then(function (answer) {
      return answer.ok ? answer.text() : "";
    }).then(function (page) {
      var found = page && new DOMParser().parseFromString(page, "text/html");
      if (!found || !found.querySelector("[data-landing]")) return;
      dirty = Boolean(waiting);
      if (pairs) redraw(found);
      else settle(found, held);
    }).catch(function () {}).then(function () {
      sending = false;
      if (leaving) form.requestSubmit(leaving.by);
      else if (waiting) keep();
    });
  }
  // What stands beside what, and what beside nothing. Not while somebody chooses on: the next answer tells of that too.
  function redraw(found) {
    if (waiting || leaving) return;
    var at = document.activeElement && document.activeElement.id;
    ["[data-said]", ".lpairs tbody"].forEach(function (one) {
      var now = found.querySelector(one);
      if (now) document.querySelector(one).replaceChildren.apply(document.querySelector(one), Array.prototype.slice.call(document.importNode(now, true).childNodes));
    });
    var again = at && document.getElementById(at);
    if (again) again.focus({ preventScroll: true });
  }
  // Shows what is kept now. What was chosen since it was sent stays chosen, as many levels higher as all the others have gone.
  function settle(found, held) {
    var up = 0, since = [];
    form.querySelectorAll("[data-row]").forEach(function (row) {
      var now = found.getElementById(row.id), name = now && now.querySelector(".lname"), was = held.get(row);
      if (name) row.querySelector(".lname").replaceWith(document.importNode(name, true));
      if (!was || !now || !now.querySelector("[data-level]")) return;
      var select = row.querySelector("[data-level]"), level = now.querySelector("[data-level]").value, chosen = select.value;
      var box = annex(row), checked = box.checked;
      if (!was.changed) up = was.level - level;
      var options = Array.prototype.slice.call(select.options);
      if (!options.some(function (one) { return one.value === level; })) select.add(new Option(level, level, true));
      options.forEach(function (one) { one.defaultSelected = one.value === level; });
      select.value = chosen === was.level ? level : chosen;
      if (chosen !== was.level) since.push(select);
      box.defaultChecked = annex(now).checked;
      box.checked = checked === was.annex ? box.defaultChecked : checked;
      row.classList.toggle("annex", box.checked);
      show(select);
    });
    since.forEach(function (select) { select.value = Math.max(1, select.value - up); show(select); });
  }
  form.addEventListener("change", function (event) {
    if (event.target.closest(".lpairs")) { keep(); return; }
    if (!event.target.closest("[data-row]")) { dirty = true; return; }
    keep();
    if (event.target.matches("[data-level]")) show(event.target);
    if (event.target.matches("[data-row] input[type=checkbox]")) event.target.closest("[data-row]").classList.toggle("annex", event.target.checked);
  });
  form.addEventListener("submit", function (event) {
    window.clearTimeout(waiting);
    waiting = 0;
    // What is being kept may change the levels that the form would say again: it goes with the answer.
    if (sending && !leaving) { event.preventDefault(); leaving = { by: event.submitter }; return; }
    dirty = false;
  });
  window.addEventListener("beforeunload", function (event) { if (dirty) event.preventDefault(); });
  form.addEventListener("keydown", function (event) {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    var row = event.target.closest("[data-row]");
    var rows = levels();
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
