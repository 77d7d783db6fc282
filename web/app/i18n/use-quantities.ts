import { quantitiesOf } from "./quantities.ts";
import { useLocale } from "./use-locale.ts";

/** Writers of numbers, money and dates in the language on show. */
export function useQuantities() {
  return quantitiesOf(useLocale());
}
