/* Reading, made handier: copy the address, print, a contents list that follows. Without this file everything still works. */
"use strict";

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

document.querySelectorAll("[data-copy]").forEach((link) => {
  if (!navigator.clipboard) return;
  const word = link.querySelector("span");
  const before = word.textContent;
  const said = document.createElement("span");
  said.className = "vh";
  said.setAttribute("role", "status");
  link.after(said);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    navigator.clipboard.writeText(link.href).then(
      () => {
        word.textContent = said.textContent = link.dataset.said;
        setTimeout(() => { word.textContent = before; said.textContent = ""; }, 4000);
      },
      () => { location.href = link.href; },
    );
  });
});

/* The line of the contents that is being read. */
document.querySelectorAll("[data-follow]").forEach((list) => {
  const rail = list.closest(".rail");
  const show = (line) => {
    if (rail && rail.scrollHeight > rail.clientHeight) {
      const top = line.getBoundingClientRect().top - rail.getBoundingClientRect().top;
      if (top < 0 || top > rail.clientHeight - 60) rail.scrollTop += top - rail.clientHeight / 3;
    }
  };
  const here = list.querySelector("[aria-current]");
  if (here) { show(here); return; }
  const lines = new Map();
  list.querySelectorAll('a[href^="#s-"]').forEach((line) => {
    const section = document.getElementById(line.hash.slice(1));
    if (section) lines.set(section, line);
  });
  if (!lines.size || !("IntersectionObserver" in window)) return;
  const seen = new Set();
  let current = null;
  const observer = new IntersectionObserver((changes) => {
    changes.forEach((change) => { seen[change.isIntersecting ? "add" : "delete"](change.target); });
    const first = [...lines.keys()].find((section) => seen.has(section));
    if (!first || first === current) return;
    if (current) lines.get(current).removeAttribute("aria-current");
    current = first;
    lines.get(current).setAttribute("aria-current", "true");
    show(lines.get(current));
  }, { rootMargin: "-80px 0px -60% 0px" });
  lines.forEach((_line, section) => observer.observe(section));
});
