// Brings whoever made a mistake in a form of the back office to what is said about it.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const note = document.querySelector(".errornote");
  if (note) {
    note.tabIndex = -1;
    note.focus();
  }
});
