// Suggestions under the search field, as a combobox: arrow keys, Enter, Escape. Without this the field works as it is.
"use strict";
(() => {
  const field = document.querySelector("input[data-suggest]");
  if (!field) return;
  const list = Object.assign(document.createElement("ul"), { id: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.said);
  field.form.after(list);
  const place = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  Object.entries(place).forEach(([name, value]) => field.setAttribute(name, value));
  let chosen = -1, typed = field.value, waiting = 0, asking = null;

  const close = () => {
    clearTimeout(waiting);
    asking?.abort();
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (number) => {
    const rows = [...list.children];
    chosen = (number + rows.length + 1) % (rows.length + 1);
    if (chosen === rows.length) chosen = -1;
    rows.forEach((row, at) => row.setAttribute("aria-selected", String(at === chosen)));
    field.value = chosen < 0 ? typed : rows[chosen].textContent;
    if (chosen < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", rows[chosen].id);
  };
  const show = (words) => {
    list.replaceChildren(...words.map((word, at) => {
      const row = Object.assign(document.createElement("li"), { id: `suggestion-${at}`, textContent: word, dir: "auto" });
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      return row;
    }));
    chosen = -1;
    list.hidden = !words.length;
    field.setAttribute("aria-expanded", String(!!words.length));
  };
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const query = new URLSearchParams(new FormData(field.form));
    try {
      const answer = await fetch(`${field.dataset.suggest}?${query}`, { signal: asking.signal });
      if (answer.ok && !answer.redirected) show((await answer.json()).suggestions);
    } catch {
      // Typed on, or no answer: the field works without.
    }
  };
  field.addEventListener("input", () => {
    close();
    typed = field.value;
    if (typed.trim().length > 1) waiting = setTimeout(ask, 150);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? list.children.length - 1 : chosen - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      field.value = typed;
      close();
    }
  });
  list.addEventListener("mousedown", (event) => {
    const row = event.target.closest("li");
    if (!row) return;
    event.preventDefault();
    field.value = row.textContent;
    close();
    field.form.requestSubmit();
  });
  field.addEventListener("blur", close);
})();
