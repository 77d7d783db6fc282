/**
 * French sets some signs apart from their words; they may not begin a line, nor an opening one end it. Nor does a line end
 * within "voulez-vous" or "ce mois-ci".
 */
export function keepSigns(text: string): string {
  return text
    .replaceAll(/ (?=[?!:;»])/g, "\u00a0")
    .replaceAll("« ", "«\u00a0")
    .replaceAll(
      /(?<=\p{L})-(?=(?:vous|nous|les?|la|lui|leur|moi|y|en|ce|tu|ils?|elles?|on|ci|là)(?![\p{L}-]))/gu,
      "\u2011",
    );
}
