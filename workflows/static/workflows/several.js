// The button that answers several comments says how many are ticked. Without this file it says so in words.
(function () {
  "use strict";

  var button = document.querySelector("[data-count]");
  if (!button) return;
  var boxes = document.querySelectorAll("input[form=several]");

  function count() {
    var n = document.querySelectorAll("input[form=several]:checked").length;
    button.textContent = n ? button.dataset.none + " (" + n + ")" : button.dataset.none;
  }

  boxes.forEach(function (box) { box.addEventListener("change", count); });
  window.addEventListener("pageshow", count);
})();
