// The review room, made nicer: words that comments speak of are marked in the text, and a selection can be commented on.
// Without this file everything works by links and forms.
(function () {
  "use strict";

  // What the page adds to the words of a text, or that is no longer in it.
  var SKIP = "del, .fmtc small, small.fmtc, .bub, .vh, .label, dt, .noteref, .num, .say, .pic";

  // The text of a card as it stands now: what was removed does not count.
  function textNodes(root) {
    var walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, {
      acceptNode: function (node) {
        return node.parentElement.closest(SKIP) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
      },
    });
    var nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  }

  // One string without white space, with the node and offset that each of its characters came from.
  function bare(root) {
    var text = "", places = [];
    textNodes(root).forEach(function (node) {
      for (var i = 0; i < node.data.length; i++) {
        if (!/\s/.test(node.data[i])) {
          text += node.data[i];
          places.push([node, i]);
        }
      }
    });
    return { text: text, places: places };
  }

  function squeeze(text) {
    return (text || "").replace(/\s+/g, "");
  }

  function find(found, quote, prefix) {
    var best = -1, bestScore = -1, start = found.text.indexOf(quote);
    while (start >= 0) {
      var score = 0;
      while (score < prefix.length && score < start && found.text[start - 1 - score] === prefix[prefix.length - 1 - score]) score++;
      if (score > bestScore) { best = start; bestScore = score; }
      start = found.text.indexOf(quote, start + 1);
    }
    return best;
  }

  // Marks words in the text of a card; gives the marks.
  function markWords(card, words, prefix) {
    var body = card && card.querySelector(":scope > .body, :scope > .all-new > .body, :scope > .all-gone > .body, :scope > .both > .l > .body");
    if (!body) return [];
    var quote = squeeze(words);
    if (!quote) return [];
    var found = bare(body);
    var start = find(found, quote, squeeze(prefix));
    if (start < 0) return [];
    var pieces = [];
    for (var i = start; i < start + quote.length; i++) {
      var place = found.places[i], last = pieces[pieces.length - 1];
      if (last && last.node === place[0]) last.end = place[1] + 1;
      else pieces.push({ node: place[0], start: place[1], end: place[1] + 1 });
    }
    return pieces.map(function (piece) {
      var range = document.createRange();
      range.setStart(piece.node, piece.start);
      range.setEnd(piece.node, piece.end);
      var span = document.createElement("span");
      span.className = "cq";
      range.surroundContents(span);
      return span;
    });
  }

  function unmark(spans) {
    spans.forEach(function (span) {
      var around = span.parentNode;
      span.replaceWith.apply(span, Array.from(span.childNodes));
      around.normalize();
    });
  }

  function mark(thread) {
    var spans = markWords(thread.closest("article.chg, details.same"), thread.dataset.quote, thread.dataset.prefix);
    if (!spans.length) return;
    var link = document.createElement("a");
    link.className = "bub";
    link.href = "#" + thread.id;
    link.textContent = thread.dataset.thread;
    link.setAttribute("aria-label", thread.getAttribute("aria-label"));
    spans[spans.length - 1].after(link);
  }

  document.querySelectorAll("[data-thread]").forEach(mark);

  // On the page of a comment: the words that were chosen for it.
  var chosen = document.querySelector("[data-chosen]");
  if (chosen) markWords(document.querySelector("article.chg, details.same"), chosen.dataset.chosen, chosen.dataset.prefix);

  // Selecting words shows two buttons.
  var bar = document.querySelector("[data-mark-bar]");
  var form = document.querySelector("[data-mark-form]");
  if (!bar || !form) return;
  document.body.append(bar);
  var marked = null;

  function cleaned(range) {
    var box = document.createElement("div");
    box.append(range.cloneContents());
    box.querySelectorAll(SKIP).forEach(function (node) { node.remove(); });
    box.querySelectorAll("p, li, dt, dd, td, th, br").forEach(function (node) { node.after(" "); });
    return box.textContent.replace(/\s+/g, " ").trim();
  }

  function selected() {
    var selection = window.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    var range = selection.getRangeAt(0);
    var start = range.startContainer, element = start.nodeType === 1 ? start : start.parentElement;
    var body = element && element.closest(".body");
    var within = range.commonAncestorContainer;
    // Struck words and what the page adds are no words of the text.
    if ((within.nodeType === 1 ? within : within.parentElement).closest(SKIP)) return null;
    var card = body && body.closest("article.chg, details.same");
    if (!card || !card.id || card.id.indexOf("s-") !== 0) return null;
    // A section that was taken out has no words any more.
    if (!card.querySelector("[data-comment]")) return null;
    if (!body.contains(range.endContainer)) {
      // Three clicks on the last paragraph mark up to the beginning of what follows: what is beyond the text does not count.
      range = range.cloneRange();
      range.setEnd(body, body.childNodes.length);
    }
    var quote = cleaned(range);
    if (!quote) return null;
    var before = document.createRange(), after = document.createRange();
    before.selectNodeContents(body);
    before.setEnd(range.startContainer, range.startOffset);
    after.selectNodeContents(body);
    after.setStart(range.endContainer, range.endOffset);
    return {
      uid: card.id.slice(2),
      text: body.dataset.text || "",
      quote: quote.slice(0, 2000),
      prefix: cleaned(before).slice(-60),
      suffix: cleaned(after).slice(0, 60),
      box: range.getBoundingClientRect(),
    };
  }

  // The bar stays until the form is there: its button says so.
  function wait(button) {
    var words = button.innerHTML;
    button.textContent = "…";
    bar.setAttribute("aria-busy", "true");
    return function () {
      button.innerHTML = words;
      bar.removeAttribute("aria-busy");
      bar.hidden = true;
    };
  }

  function place() {
    if (bar.hasAttribute("aria-busy")) return;
    marked = selected();
    if (!marked) { bar.hidden = true; return; }
    bar.hidden = false;
    var width = bar.offsetWidth, room = document.documentElement.clientWidth;
    var left = Math.max(8, Math.min(marked.box.left, room - width - 8));
    bar.style.insetBlockStart = window.scrollY + marked.box.bottom + 8 + "px";
    bar.style.left = window.scrollX + left + "px";
  }

  document.addEventListener("selectionchange", function () { window.clearTimeout(place.timer); place.timer = window.setTimeout(place, 150); });
  bar.addEventListener("mousedown", function (event) { event.preventDefault(); });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") bar.hidden = true; });
  bar.addEventListener("click", function (event) {
    var button = event.target.closest("[data-mark]");
    if (!button || !marked || bar.hasAttribute("aria-busy")) return;
    if (isTyped()) { bar.hidden = true; focusIn(); return; }
    ["uid", "quote", "prefix", "suffix"].forEach(function (name) { form.elements[name].value = marked[name]; });
    form.elements.suggest.value = button.dataset.mark === "suggest" ? "1" : "";
    if (marked.text) {
      // Words of the second language: commented on in that language, with the first one beside it.
      var address = new URL(form.action);
      address.searchParams.set("text", marked.text);
      address.searchParams.set("beside", form.dataset.text);
      form.action = address.href;
    }
    var card = document.getElementById("s-" + marked.uid), top = marked.box.top;
    var end = wait(button);
    fetchForm(form.action, new FormData(form))
      .then(function (section) { end(); show(section, card, top); })
      .catch(function () { form.submit(); });
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-comment]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (isTyped()) { focusIn(); return; }
    fetchForm(link.href, null)
      .then(function (section) { show(section, document.getElementById("s-" + link.dataset.comment), link.getBoundingClientRect().top); })
      .catch(function () { location.assign(link.href); });
  });

  // The form of the page of a comment, opened in the room: beside the text, or under its section where there is no space.
  var panel = null, commented = null, chosenMarks = [];

  // Whether the form that is open holds something that was typed: then it is not replaced.
  function isTyped() {
    return !!panel && Array.from(panel.querySelectorAll("textarea")).some(function (field) {
      return field.value !== field.defaultValue || (field.value && panel.querySelector(".errors"));
    });
  }

  function fetchForm(address, data) {
    return fetch(address, data ? { method: "POST", body: data } : {}).then(read).then(function (got) {
      var section = got.page.querySelector("#comment");
      if (!section) throw new Error("no form");
      return section;
    });
  }

  function read(response) {
    return response.text().then(function (text) {
      return { response: response, page: new DOMParser().parseFromString(text, "text/html") };
    });
  }

  function close() {
    if (!panel) return;
    panel.remove();
    panel = null;
    unmark(chosenMarks);
    chosenMarks = [];
    commented.querySelector("[data-comment]").focus({ preventScroll: true });
  }

  function show(section, card, top) {
    if (isTyped()) { focusIn(); return; }
    close();
    commented = card;
    panel = document.createElement("div");
    panel.className = "in-place";
    panel.append(section);
    if (window.matchMedia("(min-width:64em)").matches) {
      var room = document.getElementById("changes");
      panel.style.insetBlockStart = top - room.getBoundingClientRect().top + "px";
      room.append(panel);
    } else card.insertBefore(panel, card.querySelector(":scope > .cardfoot"));
    panel.addEventListener("submit", save);
    panel.addEventListener("click", function (event) {
      if (!event.target.closest("[data-back]")) return;
      event.preventDefault();
      close();
    });
    var form = section.querySelector("[data-chosen]");
    if (form) chosenMarks = markWords(card, form.dataset.chosen, form.dataset.prefix);
    focusIn();
  }

  function focusIn() {
    var first = panel.querySelector(".errors") || panel.querySelector("[autofocus]") || panel.querySelector("textarea");
    panel.scrollIntoView({ block: "nearest" });
    first.focus();
  }

  function save(event) {
    var sent = event.target, fields = sent.elements;
    event.preventDefault();
    if (!fields.text.value.trim() && !fields.suggestion.value.trim()) {
      refuseEmpty(sent, fields.text);
      return;
    }
    var data = new FormData(sent);
    // Until the answer is here nothing can be typed that it would replace.
    sent.inert = true;
    sent.setAttribute("aria-busy", "true");
    fetch(sent.action, { method: "POST", body: data }).then(read).then(function (got) {
      var again = got.page.querySelector("#comment");
      if (again) {
        panel.replaceChildren(again);
        focusIn();
        return;
      }
      var pk = new URL(got.response.url).searchParams.get("comment"), thread = pk && got.page.getElementById("k" + pk);
      if (!got.response.ok || !thread) throw new Error("not saved here");
      saved(thread, got.page.querySelector(".messages"));
    }).catch(function () {
      sent.inert = false;
      sent.submit();
    });
  }

  function refuseEmpty(sent, field) {
    if (!sent.querySelector("#c-text-e")) {
      var told = document.createElement("p");
      told.className = "err";
      told.id = "c-text-e";
      told.textContent = sent.dataset.empty;
      field.before(told);
      field.parentElement.classList.add("fld-bad");
      field.setAttribute("aria-describedby", told.id);
      field.setAttribute("aria-invalid", "true");
    }
    field.focus();
  }

  // The saved comment stands under its section, as after a reload; in the place of the form, for a moment, that it is saved.
  function saved(thread, says) {
    unmark(chosenMarks);
    chosenMarks = [];
    var box = commented.querySelector(":scope > .threads");
    if (!box) {
      box = document.createElement("div");
      box.className = "threads";
      commented.insertBefore(box, commented.querySelector(":scope > .cardfoot"));
    }
    box.append(document.importNode(thread, true));
    mark(document.getElementById(thread.id));
    var told = panel, at = commented.querySelector('a.bub[href="#' + thread.id + '"]') || commented.querySelector("[data-comment]");
    told.setAttribute("role", "status");
    told.replaceChildren(says ? document.importNode(says, true) : "");
    window.setTimeout(function () { told.remove(); }, 5000);
    panel = null;
    at.focus({ preventScroll: true });
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !panel) return;
    if (!isTyped()) close();
  });
})();
