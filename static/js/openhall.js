// Small kindnesses. Every page works without them.
(() => {
  const summary = document.querySelector("[data-error-summary]");
  if (summary) {
    summary.setAttribute("tabindex", "-1");
    summary.focus();
    summary.addEventListener("blur", () => summary.removeAttribute("tabindex"), { once: true });
    summary.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const box = link && document.getElementById(link.hash.slice(1));
      if (!box) return;
      event.preventDefault();
      const label = document.querySelector(`label[for="${CSS.escape(box.id)}"]`);
      const legend = box.closest("fieldset")?.querySelector("legend");
      (legend || label || box).scrollIntoView();
      box.focus({ preventScroll: true });
    });
  }

  const notice = document.querySelector(".govuk-notification-banner[role='alert']");
  if (notice && !summary) {
    notice.setAttribute("tabindex", "-1");
    notice.focus();
    notice.addEventListener("blur", () => notice.removeAttribute("tabindex"), { once: true });
  }

  // Send a form once: a second press within two seconds is a slip of the hand.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 2000) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = String(Date.now());
  });

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
