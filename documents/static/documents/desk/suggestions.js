/* A card with several changes shows what comes of those that are on. */
"use strict";
(function () {
  document.querySelectorAll(".suggestion .switches").forEach(function (set) {
    var place = set.closest(".suggestion").querySelector("[data-result]");
    var asked = 0;
    set.addEventListener("change", function () {
      var number = ++asked;
      var query = new URLSearchParams({ result: "1" });
      set.querySelectorAll("input:checked").forEach(function (box) { query.append("on", box.value); });
      fetch(place.dataset.result + "?" + query, { credentials: "same-origin" })
        .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); })
        .then(function (html) { if (number === asked) place.innerHTML = html; })
        .catch(function () { location.reload(); });
    });
  });
})();
