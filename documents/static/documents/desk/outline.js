/* Moving sections with the mouse: drag the handle; the upper and lower half of a row mean before and after it, its end means
   inside. Without this file the arrows do the same. */
"use strict";
(function () {
  var table = document.querySelector("[data-movable]");
  var form = document.getElementById("outline-form");
  if (!table || !form) return;
  var dragged = null;
  var rows = Array.prototype.slice.call(table.tBodies[0].rows);

  function clear() {
    rows.forEach(function (row) { row.classList.remove("drop-before", "drop-after", "drop-inside"); });
  }

  function subtree(row) {
    var found = [row];
    for (var i = rows.indexOf(row) + 1; i < rows.length && Number(rows[i].dataset.level) > Number(row.dataset.level); i++) found.push(rows[i]);
    return found;
  }

  function place(event, row) {
    var box = row.getBoundingClientRect();
    var rtl = getComputedStyle(row).direction === "rtl";
    var along = rtl ? (box.right - event.clientX) / box.width : (event.clientX - box.left) / box.width;
    if (along > 0.6) return "inside";
    return event.clientY < box.top + box.height / 2 ? "before" : "after";
  }

  table.addEventListener("dragstart", function (event) {
    var handle = event.target.closest(".handle");
    if (!handle) return;
    dragged = handle.closest("tr");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.uid);
    event.dataTransfer.setDragImage(dragged, 0, 0);
    subtree(dragged).forEach(function (row) { row.classList.add("dragged"); });
  });
  table.addEventListener("dragover", function (event) {
    var row = event.target.closest("tbody tr");
    if (!dragged || !row) return;
    clear();
    if (row.classList.contains("dragged")) return;
    event.preventDefault();
    row.classList.add("drop-" + place(event, row));
  });
  table.addEventListener("dragend", function () {
    clear();
    rows.forEach(function (row) { row.classList.remove("dragged"); });
    dragged = null;
  });
  table.addEventListener("drop", function (event) {
    var row = event.target.closest("tbody tr");
    if (!dragged || !row || row.classList.contains("dragged")) return;
    event.preventDefault();
    // A plain form again: the page that comes back is the outline as it is now.
    [["uid", dragged.dataset.uid], ["target", row.dataset.uid], ["place", place(event, row)]].forEach(function (pair) {
      var field = document.createElement("input");
      field.type = "hidden";
      field.name = pair[0];
      field.value = pair[1];
      form.append(field);
    });
    form.submit();
  });
})();
