/* The page that waits for a file: asks how far it has got, and goes on by itself. Without this file it looks again every two seconds. */
"use strict";
(function () {
  var place = document.querySelector("[data-waiting]");
  if (!place) { watchList(document.querySelector("[data-list]")); return; }
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

  /* A list of files: what is typed in it is not lost while others are being read; it is shown anew once all are. */
  function watchList(list) {
    if (!list) return;
    var bar = list.querySelector("progress");
    var words = list.querySelector("[role=status]");
    if (!bar) return;
    (function look() {
      fetch(list.dataset.list, { credentials: "same-origin", cache: "no-store" })
        .then(function (answer) { return answer.ok ? answer.json() : Promise.reject(answer.status); })
        .then(function (found) {
          if (!found.busy || found.stuck) { location.reload(); return; }
          if (found.state === "ready") {
            bar.max = found.all;
            bar.value = found.done;
            words.textContent = found.done + " / " + found.all;
          }
          setTimeout(look, 700);
        })
        .catch(function () { setTimeout(look, 4000); });
    })();
  }
})();
