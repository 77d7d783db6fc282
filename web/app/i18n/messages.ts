import { useRouteLoaderData } from "@remix-run/react";
import type { loader } from "../root.tsx";
import { en, type Messages } from "./en.ts";
import { fr } from "./fr.ts";
import type { Locale } from "./locale.ts";

const CATALOGUES: Record<Locale, Messages> = { en, fr };

export function useLocale(): Locale {
  return useRouteLoaderData<typeof loader>("root")?.locale ?? "en";
}

export function useMessages(): Messages {
  return CATALOGUES[useLocale()];
}

export function messagesOf(locale: Locale): Messages {
  return CATALOGUES[locale];
}
