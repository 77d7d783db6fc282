import type { Courier } from "./delivery.ts";
import type { State } from "./state.ts";

/** The one price the stand-in sells; `unitAmount` in the currency's smallest unit. */
export type PriceOption = { id: string; unitAmount: number; currency: string };

/** What every part of the stand-in works on. */
export type Account = State & {
  price: PriceOption;
  courier: Courier;
  /** Where the stand-in itself listens, without a slash at the end. */
  url: string;
};

/** The product of the one price. */
export const PRODUCT = { id: "prod_ancre_pro", name: "Ancre Pro" };
