// Marks spaces on a floor plan: a click on the drawing fills both boxes of one space, and the
// page says which. The boxes below the drawing do the same without a pointer or a script.
(() => {
  "use strict";
  const plan = document.querySelector("[data-plan]");
  const told = document.querySelector("[data-plan-next]");
  if (!plan || !told) return;

  const spaces = [...document.querySelectorAll("fieldset")]
    .map((group, n) => ({
      number: n + 1,
      group,
      name: group.querySelector("legend").textContent.trim(),
      x: group.querySelector("[name^=x_]"),
      y: group.querySelector("[name^=y_]"),
    }))
    .filter((space) => space.x && space.y);
  let next = null;

  const choose = (space) => {
    next = space;
    told.textContent = space ? told.dataset.words.replace("%s", space.name) : told.dataset.done;
  };

  const draw = (space) => {
    const { width, height } = plan.viewBox.baseVal;
    const at = { x: (Number(space.x.value) / 100) * width, y: (Number(space.y.value) / 100) * height };
    if (!space.mark) {
      const make = (name, parent) =>
        parent.appendChild(document.createElementNS("http://www.w3.org/2000/svg", name));
      space.mark = make("g", plan);
      space.mark.setAttribute("class", "oh-plan__mark");
      make("circle", space.mark).setAttribute("r", 24);
      const text = make("text", space.mark);
      text.setAttribute("dy", 10);
      text.setAttribute("text-anchor", "middle");
      text.textContent = space.number;
    }
    const [circle, text] = space.mark.children;
    circle.setAttribute("cx", at.x);
    circle.setAttribute("cy", at.y);
    text.setAttribute("x", at.x);
    text.setAttribute("y", at.y);
  };

  // The marks that came with the page are numbered among themselves; here, as the boxes below.
  plan.querySelectorAll(".oh-plan__mark").forEach((mark) => mark.remove());
  const isMarked = (space) => space.x.value !== "" && space.y.value !== "";
  const isPlaced = (space) => isMarked(space) && space.group.querySelector(".govuk-input--error") === null;
  spaces.filter(isPlaced).forEach(draw);
  choose(spaces.find((space) => !isMarked(space)));

  spaces.forEach((space) => {
    space.group.addEventListener("focusin", () => choose(space));
    space.group.addEventListener("change", () => isMarked(space) && draw(space));
  });
  plan.addEventListener("click", (event) => {
    if (!next) return;
    // The drawing keeps its shape inside its box.
    const box = plan.getBoundingClientRect();
    const { width, height } = plan.viewBox.baseVal;
    const scale = Math.min(box.width / width, box.height / height);
    const across = event.clientX - box.left - (box.width - width * scale) / 2;
    const down = event.clientY - box.top - (box.height - height * scale) / 2;
    const percent = (part, whole) => (Math.min(1, Math.max(0, part / (whole * scale))) * 100).toFixed(1);
    next.x.value = percent(across, width);
    next.y.value = percent(down, height);
    draw(next);
    choose(spaces.find((space) => !isMarked(space)));
  });
  told.hidden = false;
})();
