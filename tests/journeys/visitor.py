"""Somebody at a browser: what they see, and what must never happen while they look."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Route, expect

HERE = {"127.0.0.1", "localhost"}
PASSWORD = "a long enough password"
NARROW = {"width": 320, "height": 700}
WIDE = {"width": 1280, "height": 800}
_MOST_STOPS = 400
# A pin of the map (an "a" of SVG) shows its focus on its path; a checkbox on its label.
_STOP = """() => {
    const at = document.activeElement;
    if (!at || at === document.body || at === document.documentElement) return null;
    const style = getComputedStyle(at), box = at.getBoundingClientRect();
    const pin = at.tagName === 'a' && getComputedStyle(at.querySelector('path'));
    at.dataset.stop = at.dataset.stop || String(Math.random());
    return {
        id: at.dataset.stop, name: (at.innerText || at.name || at.tagName).trim().slice(0, 40),
        tag: at.tagName, isShown: box.width > 0 && box.height > 0,
        hasMark: style.outlineStyle !== 'none' || style.boxShadow !== 'none'
            || !!(at.labels && at.labels.length)
            || !!(pin && pin.strokeWidth === '4px'),
    };
}"""


class Visitor:
    """One page of a browser, and what went wrong on it."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.base = base
        self.errors: list[str] = []
        self.strangers: list[str] = []
        context.route("**/*", self._guard)
        self.page: Page = context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path: str) -> None:
        """Go to an address of ours."""
        self.page.goto(f"{self.base}{path}")

    def sees(self, words: str) -> None:
        """The words are on the page and can be seen."""
        expect(self.page.get_by_text(words).locator("visible=true").first).to_be_visible()

    def press(self, name: str) -> None:
        """A button with these words."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        """The first link with these words."""
        self.page.get_by_role("link", name=name).first.click()

    def fill(self, **answers: str) -> None:
        """Text boxes by the names of their questions."""
        for name, words in answers.items():
            self.page.fill(f"[name={name}]", words)

    def sign_in(self, email: str) -> None:
        """On the sign-in page."""
        self.fill(login=email, password=PASSWORD)
        self.page.locator("main button[type=submit]").first.click()

    def reads_well_on_a_phone(self) -> None:
        """Nothing of the page has to be scrolled sideways at 320 px; then wide again."""
        self.page.set_viewport_size(NARROW)
        over = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert over <= 0, f"{self.page.url} is {over} px too wide at 320 px"
        self.page.set_viewport_size(WIDE)

    def walks_by_keyboard(self) -> list[str]:
        """Tab from the top to the end: each stop can be seen, none holds on. Their names."""
        self.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        seen: dict[str, str] = {}
        for _n in range(_MOST_STOPS):
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(_STOP)
            if stop is None or stop["id"] in seen:
                break
            assert stop["isShown"], f"focus on something unseen: {stop}"
            assert stop["hasMark"], f"focus does not show: {stop}"
            seen[stop["id"]] = stop["name"]
        assert stop is None or stop["id"] == next(iter(seen)), f"trapped at {stop}"
        names = list(seen.values())
        assert names[0] == "Skip to main content"
        return names

    def has_nothing_to_complain(self) -> None:
        """No error in the console, and nobody else was asked for anything."""
        assert self.errors == []
        assert self.strangers == []

    def _guard(self, route: Route) -> None:
        if urlsplit(route.request.url).hostname in HERE:
            route.continue_()
        else:
            self.strangers.append(route.request.url)
            route.abort()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} at {self.page.url}")
