// Suggestions under a search field, as a combobox with groups: arrow keys, Enter, Escape. Without this the field works as it is.
"use strict";
for (const field of document.querySelectorAll("input[data-suggest]")) {
  const list = Object.assign(document.createElement("div"), { id: `${field.id}-suggestions`, className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.label);
  field.form.append(list);
  const place = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  Object.entries(place).forEach(([name, value]) => field.setAttribute(name, value));
  let options = [], chosen = -1, waiting = 0, asking = null;

  const close = () => {
    clearTimeout(waiting);
    asking?.abort();
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (number) => {
    // One place more than there are options: the field itself.
    chosen = (number + options.length + 1) % (options.length + 1);
    if (chosen === options.length) chosen = -1;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    options[chosen]?.scrollIntoView({ block: "nearest" });
    if (chosen < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", options[chosen].id);
  };
  const open = (option) => {
    close();
    location.assign(option.dataset.url);
  };
  const optionOf = (item) => {
    const option = Object.assign(document.createElement("li"), { id: `${list.id}-${options.length}`, dir: "auto" });
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.url = item.url;
    if (item.lang) option.lang = item.lang;
    option.append(item.text);
    if (item.detail) option.append(Object.assign(document.createElement("small"), { textContent: item.detail }));
    options.push(option);
    return option;
  };
  const show = (groups) => {
    options = [];
    list.replaceChildren(...groups.map((group, number) => {
      const part = document.createElement("ul");
      const name = Object.assign(document.createElement("li"), { id: `${list.id}-of-${number}`, className: "of", textContent: group.name });
      name.setAttribute("role", "presentation");
      part.setAttribute("role", "group");
      part.setAttribute("aria-labelledby", name.id);
      part.append(name, ...group.items.map(optionOf));
      return part;
    }));
    chosen = -1;
    list.hidden = !options.length;
    field.setAttribute("aria-expanded", String(!!options.length));
  };
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const query = new URLSearchParams(new FormData(field.form));
    try {
      const answer = await fetch(`${field.dataset.suggest}?${query}`, { signal: asking.signal });
      if (answer.ok && !answer.redirected) show((await answer.json()).groups);
    } catch {
      // Typed on, or no answer: the field works without.
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (field.value.trim().length > 1) waiting = setTimeout(ask, 120);
    else close();
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? options.length - 1 : chosen - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      open(options[chosen]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) open(option);
  });
  field.addEventListener("blur", close);
}
