/* The page that waits for a file: asks how far it has got, and goes on by itself. Without this file it looks again every two seconds. */
"use strict";
(function () {
  var place = document.querySelector("[data-waiting]");
  if (!place) return;
  var status = place.querySelector("[role=status]");
  var pause = 250;
  var stuck = !status;

  function ask() {
    fetch(place.dataset.waiting, { credentials: "same-origin", cache: "no-store" })
      .then(function (answer) { return answer.ok ? answer.json() : Promise.reject(answer.status); })
      .then(function (found) {
        if (!found.busy || (found.stuck && !stuck)) { location.reload(); return; }
        if (status && status.textContent.toLowerCase() !== found.words.toLowerCase()) status.textContent = found.words.charAt(0).toUpperCase() + found.words.slice(1);
        pause = Math.min(pause * 1.25, 2000);
        setTimeout(ask, pause);
      })
      .catch(function () { setTimeout(ask, 4000); });
  }
  setTimeout(ask, pause);
})();
