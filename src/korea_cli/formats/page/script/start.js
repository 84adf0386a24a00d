// What the script adds is shown at once; it works when the page is loaded.

/** @typedef {{entries: Row[], lanes: {actor: string[], topic: string[]}, texts?: string[], disputes?: [string, string][]}} Data */

document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", async () => {
  if (!document.getElementById("q")) return; // there is nothing to search
  const page = new Page(await readData());
  page.listen();
  page.restore();
  if ("requestIdleCallback" in window) requestIdleCallback((idle) => page.entries.prepare(idle));
});

/** Read the data of the page, which is compressed where there is much of it. @returns {Promise<Data>} */
async function readData() {
  const element = byId("data");
  const text = element.textContent ?? "";
  if (!("packed" in element.dataset)) return JSON.parse(text);
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).json();
}
