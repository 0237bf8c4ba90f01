/**
 * Runs in the page: pointing at a text on one picture lights its partner on the other. It is put into the page as its own
 * source text, so it uses nothing from outside.
 */
export function linkBlocks(): void {
  for (const sheets of document.querySelectorAll<HTMLElement>(".sheets")) {
    const light = (event: Event) => {
      const target =
        event.target instanceof Element ? event.target.closest<HTMLElement>("[data-pair]") : null;
      const pair = event.type === "pointerover" ? target?.dataset.pair : undefined;
      sheets.classList.toggle("choosing", pair !== undefined);
      for (const box of sheets.querySelectorAll<HTMLElement>("[data-pair]"))
        box.classList.toggle("chosen", pair !== undefined && box.dataset.pair === pair);
    };
    sheets.addEventListener("pointerover", light);
    sheets.addEventListener("pointerout", light);
  }
}
