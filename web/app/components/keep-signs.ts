/** French sets some signs apart from their words; they may not begin a line, nor an opening one end it. */
export function keepSigns(text: string): string {
  return text.replaceAll(/ (?=[?!:;»])/g, "\u00a0").replaceAll("« ", "«\u00a0");
}
