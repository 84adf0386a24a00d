// What the script adds is shown at once; it works when the page is loaded.

document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", () => {
  if (!document.getElementById("q")) return; // there is nothing to search
  const page = new Page();
  page.listen();
  page.restore();
  if ("requestIdleCallback" in window) requestIdleCallback((idle) => page.entries.prepare(idle));
});
