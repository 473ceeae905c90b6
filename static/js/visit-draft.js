// Keeps the answers of one page of a visit on this device until the server has them. Every page
// works without it. Nothing but the answers is kept, only for that visit, and it is cleared once
// they are saved.
(() => {
  const PREFIX = "openhall-draft-";
  const store = (() => {
    try {
      localStorage.setItem(`${PREFIX}try`, "1");
      localStorage.removeItem(`${PREFIX}try`);
      return localStorage;
    } catch {
      return null;
    }
  })();
  if (!store) return;

  const tidy = document.querySelector("[data-draft-tidy]");
  if (tidy) {
    const visit = `${PREFIX}${tidy.dataset.draftTidy}/`;
    if (tidy.dataset.draftSaved) store.removeItem(`${visit}${tidy.dataset.draftSaved}`);
    if (tidy.dataset.draftIsOver) {
      Object.keys(store).filter((key) => key.startsWith(visit)).forEach((key) => store.removeItem(key));
    }
  }

  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const key = PREFIX + form.dataset.draft;
  const words = document.querySelector("[data-draft-words]").dataset;
  const status = document.querySelector("[data-draft-status]");
  const boxes = () =>
    [...form.elements].filter((box) => box.name && !["hidden", "submit", "file"].includes(box.type));

  const say = (text) => {
    const line = document.createElement("p");
    line.className = "govuk-inset-text";
    line.textContent = text;
    status.replaceChildren(line);
  };

  const keep = () => {
    const said = {};
    boxes().forEach((box) => {
      if (!["radio", "checkbox"].includes(box.type)) said[box.name] = [box.value];
      else if (box.checked) said[box.name] = [...(said[box.name] || []), box.value];
    });
    try {
      store.setItem(key, JSON.stringify(said));
    } catch {
      // The device is full: the server still saves at the button.
    }
  };

  const restore = (said) => {
    let changed = false;
    boxes().forEach((box) => {
      const values = said[box.name] || [];
      if (["radio", "checkbox"].includes(box.type)) {
        const checked = values.includes(box.value);
        changed = changed || box.checked !== checked;
        box.checked = checked;
      } else if (values.length && box.value !== values[0]) {
        changed = true;
        box.value = values[0];
      }
    });
    return changed;
  };

  try {
    const said = JSON.parse(store.getItem(key) || "null");
    if (said && restore(said)) say(words.restored);
  } catch {
    store.removeItem(key);
  }

  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener(
    "submit",
    (event) => {
      keep();
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      say(words.offline);
      status.scrollIntoView({ block: "center" });
    },
    true,
  );
  window.addEventListener("offline", () => say(words.offline));
  window.addEventListener("online", () => say(words.online));
})();
