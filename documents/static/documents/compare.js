/* Stepping from change to change. Without this script the links lead from section to section. */
(function () {
  "use strict";
  var stepper = document.querySelector("[data-stepper]");
  var place = document.querySelector("[data-comparison]");
  if (!stepper || !place) return;

  // A table wider than its place says so, and is shown from its first change on.
  place.querySelectorAll(".tablewrap").forEach(function (frame) {
    if (frame.scrollWidth <= frame.clientWidth + 2) return;
    var said = document.createElement("p");
    said.className = "wide-say";
    said.textContent = place.getAttribute("data-wide");
    said.lang = document.documentElement.lang;
    said.dir = "auto";
    frame.before(said);
    var mark = frame.querySelector("ins, del") || frame.querySelector("[data-change]");
    if (!mark) return;
    var cell = (mark.closest("td, th") || mark).getBoundingClientRect();
    var box = frame.getBoundingClientRect();
    // From whichever side the text is read, what is beyond an edge comes to that edge.
    if (cell.right > box.right) frame.scrollLeft += Math.min(cell.right - box.right, cell.left - box.left) + 1;
    else if (cell.left < box.left) frame.scrollLeft -= Math.min(box.left - cell.left, box.right - cell.right) + 1;
  });

  // A change is a mark in the text, or a whole card that has none (moved, another title).
  var stops = [];
  place.querySelectorAll("[data-card]").forEach(function (card) {
    var marks = card.querySelectorAll("[data-change]");
    if (marks.length) marks.forEach(function (mark) { stops.push(mark); });
    else stops.push(card);
  });
  if (!stops.length) return;

  var count = stepper.querySelector("[data-count]");
  var list = place.querySelectorAll("nav a[href^='#']");
  var here = -1;

  function cardOf(stop) { return stop.closest("[data-card]"); }

  function show(index) {
    if (here >= 0) {
      stops[here].classList.remove("here");
      stops[here].removeAttribute("tabindex");
    }
    here = (index + stops.length) % stops.length;
    var stop = stops[here];
    stop.classList.add("here");
    stop.setAttribute("tabindex", "-1");
    stop.focus({ preventScroll: true });
    stop.scrollIntoView({ block: "center" });
    mark();
  }

  function mark() {
    var number = String(here + 1);
    count.textContent = count.getAttribute("data-words")
      .replace("{number}", number).replace("{total}", String(stops.length));
    var id = cardOf(stops[here]).id;
    list.forEach(function (link) {
      if (link.getAttribute("href") === "#" + id) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
  }

  // From where the reader is: the first change below the bar, if they scrolled on since the last step.
  function next(step) {
    if (here < 0) {
      var line = stepper.getBoundingClientRect().bottom;
      var first = stops.findIndex(function (stop) { return stop.getBoundingClientRect().top > line; });
      if (first < 0) first = 0;
      show(step > 0 ? first : first - 1);
    } else {
      show(here + step);
    }
  }

  stepper.addEventListener("click", function (event) {
    var link = event.target.closest("[data-step]");
    if (!link) return;
    event.preventDefault();
    next(link.getAttribute("data-step") === "next" ? 1 : -1);
  });

  // N and P, never while one types, and they can be turned off: WCAG 2.1.4 asks no more of keys without another one.
  var keys = stepper.querySelector("[data-keys]");
  var box = stepper.querySelector("[data-keys-on]");
  if (keys && box) {
    keys.hidden = false;
    document.addEventListener("keydown", function (event) {
      if (!box.checked || event.ctrlKey || event.metaKey || event.altKey) return;
      var from = event.target;
      if (from.isContentEditable || /^(TEXTAREA|SELECT)$/.test(from.tagName)) return;
      if (from.tagName === "INPUT" && from.type !== "checkbox") return;
      // The key where N and P stand, whatever the alphabet of the keyboard.
      if (event.code === "KeyN") { event.preventDefault(); next(1); }
      else if (event.code === "KeyP") { event.preventDefault(); next(-1); }
    });
  }

  // A link into the comparison sets where one is.
  function follow() {
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id && document.getElementById(id);
    if (!target || !place.contains(target)) return;
    var index = stops.findIndex(function (stop) { return stop === target || target.contains(stop); });
    if (index < 0) return;
    if (here >= 0) stops[here].classList.remove("here");
    here = index;
    mark();
  }
  window.addEventListener("hashchange", follow);
  follow();
})();
