// In the browser: looks again whenever the server says that something has changed.
// @ts-check
{
  /** Not more often than this, in milliseconds. */
  const PACE = 1000;
  const path = location.pathname.replace(/\/?$/, "/");
  const source = new EventSource(`${path}events`);
  let due = false;
  // What changed before the stream was there, or while it was cut, is not told.
  source.addEventListener("open", lookAgain);
  source.addEventListener("changed", () => {
    if (due) return;
    due = true;
    setTimeout(async () => {
      due = false;
      await lookAgain();
    }, PACE);
  });

  async function lookAgain() {
    const response = await fetch(location.href);
    const text = await response.text();
    // A run that has come to its end has another page, with styles and scripts of its own.
    const going = 'class="badge running"';
    if (document.querySelector(".badge.running") && !text.includes(going)) return location.reload();
    const next = new DOMParser().parseFromString(text, "text/html");
    for (const name of ["header", "main"]) {
      const [now, then] = [next.querySelector(name), document.querySelector(name)];
      if (now && then) then.replaceWith(now);
    }
  }
}
