// A drawn map that can be moved and zoomed, for those who ask for it. The drawing stays for print;
// the list beside it says the same in words.
(() => {
  const fetched = (tag, told) =>
    new Promise((resolve, reject) => {
      const element = Object.assign(document.createElement(tag), told);
      element.addEventListener("load", resolve);
      element.addEventListener("error", reject);
      document.head.append(element);
    });

  const marker = (pin) => {
    const number = pin.querySelector("text").textContent;
    const face = document.createElement("span");
    face.append(Object.assign(document.createElement("span"), { textContent: number }));
    const some = pin.classList.contains("oh-map__pin--some") ? " oh-map__marker--some" : "";
    const made = L.marker(JSON.parse(pin.dataset.at), {
      icon: L.divIcon({
        className: `oh-map__marker${some}`,
        html: face,
        iconSize: [36, 36],
        iconAnchor: [18, 36],
        popupAnchor: [0, -32],
      }),
      keyboard: true,
      riseOnHover: true,
    });
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = pin.getAttribute("href");
    link.textContent = pin.getAttribute("aria-label");
    made.bindPopup(link, { maxWidth: 200, keepInView: true });
    made.on("add", () => made.getElement().setAttribute("aria-label", link.textContent));
    made.on("popupopen", () => link.focus());
    made.on("popupclose", () => made.getElement()?.focus());
    return made;
  };

  const drawing = (svg) => {
    const base = svg.cloneNode(true);
    base.querySelectorAll("a").forEach((pin) => pin.remove());
    base.classList.remove("oh-map__drawn");
    base.removeAttribute("role");
    base.removeAttribute("aria-label");
    base.setAttribute("aria-hidden", "true");
    base.setAttribute("preserveAspectRatio", "none");
    return base;
  };

  const open = (figure) => {
    const svg = figure.querySelector("svg");
    const bounds = L.latLngBounds(JSON.parse(figure.dataset.map));
    const box = document.createElement("div");
    box.className = "oh-map__live";
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", svg.getAttribute("aria-label"));
    svg.before(box);
    svg.classList.add("oh-map__drawn");
    const { tiles, credit } = figure.dataset;
    const map = L.map(box, { attributionControl: Boolean(tiles), zoomSnap: 0.25, maxZoom: 18 });
    if (tiles) {
      map.attributionControl.setPrefix("");
      const thanks = document.createElement("span");
      thanks.textContent = credit;
      L.tileLayer(tiles, { attribution: thanks.innerHTML, maxZoom: 18 }).addTo(map);
    } else {
      L.svgOverlay(drawing(svg), bounds).addTo(map);
      map.setMaxBounds(bounds.pad(0.1));
    }
    map.fitBounds(bounds);
    if (!tiles) map.setMinZoom(map.getZoom());
    svg.querySelectorAll("a[data-at]").forEach((pin) => marker(pin).addTo(map));
    box.focus();
  };

  document.querySelectorAll("figure[data-map]").forEach((figure) => {
    const more = figure.querySelector(".oh-map__more");
    more.hidden = false;
    more.querySelector("button").addEventListener("click", async () => {
      more.hidden = true;
      try {
        await Promise.all([
          fetched("link", { rel: "stylesheet", href: figure.dataset.style }),
          window.L || fetched("script", { src: figure.dataset.script }),
        ]);
        open(figure);
      } catch {
        more.hidden = false;
      }
    });
  });
})();
