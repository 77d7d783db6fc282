import { NavLink, useRouteLoaderData } from "@remix-run/react";
import { cx } from "class-variance-authority";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../frame/page-header.tsx";
import type { SettingsData } from "./load-settings.ts";

const SECTIONS = ["profile", "workspace", "members", "keys", "audit", "data"] as const;

/** The sections' names beside the one on show; above it where there is no room. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation("settings");
  return (
    <main id="content" tabIndex={-1} className="@container flex min-h-0 min-w-0 flex-1 flex-col">
      <PageHeader title={t("title")} />
      <div className="grid min-h-0 flex-1 grid-cols-1 grid-rows-[auto_minmax(0,1fr)] @3xl:grid-cols-[14rem_minmax(0,1fr)] @3xl:grid-rows-1">
        <nav aria-label={t("title")} className="border-line @max-3xl:border-b @3xl:border-r @3xl:p-3">
          <ul className="flex gap-0.5 @max-3xl:flex-wrap @max-3xl:px-3 @max-3xl:py-1.5 @3xl:flex-col">
            {SECTIONS.map((section) => (
              <li key={section}>
                <NavLink
                  to={`/settings/${section}`}
                  className={({ isActive }) =>
                    cx(
                      "flex min-h-10 items-center rounded-lg px-3 font-medium whitespace-nowrap transition-colors hover:bg-sea-wash hover:text-sea pointer-coarse:min-h-11",
                      isActive ? "bg-sea-wash text-sea" : "text-soft",
                    )
                  }
                >
                  {t(`sections.${section}`)}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <div className="min-h-0 overflow-y-auto" data-settings>
          <div className="grid max-w-3xl grid-cols-1 gap-10 p-4 sm:p-6">{children}</div>
        </div>
      </div>
    </main>
  );
}

/** What the frame's own loader read, for the sections in it. */
export function useSettings(): SettingsData {
  const data = useRouteLoaderData<SettingsData>("routes/_frame.settings");
  if (!data) throw new Error("outside of the settings");
  return data;
}
