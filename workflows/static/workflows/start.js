// Starting a next round, made nicer: the stages before the one to begin with are folded, and what is asked only where the text is
// locked at once is shown only then. Without this file the page stands as the server made it, and every field can be filled in.
(function () {
  "use strict";

  var begin = document.getElementById("begin");
  if (!begin) return;

  function show() {
    var order = Number(begin.value);
    var locks = order >= Number(begin.dataset.lockedFrom);
    document.querySelectorAll("details[data-stage]").forEach(function (stage) {
      stage.open = Number(stage.dataset.stage) >= order;
    });
    document.querySelectorAll("[data-locked]").forEach(function (part) { part.hidden = !locks; });
    document.querySelectorAll("[data-unlocked]").forEach(function (part) { part.hidden = locks; });
  }

  begin.addEventListener("change", show);
  // What the browser filled in again, as after Back.
  window.addEventListener("pageshow", show);
})();
