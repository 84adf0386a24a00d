// What the script adds is shown from the first moment; it works when the page is there.

document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", () => {
  if (!document.getElementById("q")) return; // a page without entries has nothing to search
  const page = new Page();
  page.listen();
  page.restore();
  if ("requestIdleCallback" in window) requestIdleCallback((idle) => page.entries.prepare(idle));
});
