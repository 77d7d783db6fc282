import { ArrowDownUp, Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/ui/button.tsx";
import { Choice } from "../components/ui/choice.tsx";
import { Menu, MenuChoice, MenuLine } from "../components/ui/menu.tsx";
import { FILTERS, type Order, SORTS, type Sort, type View } from "./view.ts";

/** Pause in typing after which the list is searched. Milliseconds. */
const PAUSE_MS = 250;

type Props = { view: View; onView: (view: Partial<View>) => void };

/** Search, state and order of the list. */
export function Toolbar({ view, onView }: Props) {
  const { t } = useTranslation("library");
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-2.5 sm:px-6">
      <SearchField q={view.q} onSearch={(q) => onView({ q })} />
      <div className="-mx-1 max-w-full overflow-x-auto px-1 py-0.5 @max-4xl:order-last">
        <Choice
          legend={t("state")}
          value={view.filter}
          options={FILTERS.map((value) => ({ value, name: t(`filters.${value}`) }))}
          onChoose={(filter) => onView({ filter })}
        />
      </div>
      <div className="@4xl:hidden">
        <Menu
          align="end"
          trigger={
            <Button size="small">
              <ArrowDownUp aria-hidden="true" />
              {t(`columns.${view.sort}`)}
            </Button>
          }
        >
          <MenuChoice
            label={t("sortBy")}
            value={view.sort}
            options={SORTS.map((value) => ({ value, name: t(`columns.${value}`) }))}
            onChoose={(sort) => onView({ sort: sort as Sort })}
          />
          <MenuLine />
          <MenuChoice
            label={t("direction")}
            value={view.order}
            options={[
              { value: "asc", name: t("ascending") },
              { value: "desc", name: t("descending") },
            ]}
            onChoose={(order) => onView({ order: order as Order })}
          />
        </Menu>
      </div>
    </div>
  );
}

function SearchField({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const { t } = useTranslation("library");
  const [draft, setDraft] = useState(q);
  const latest = useRef(onSearch);
  latest.current = onSearch;
  useEffect(() => {
    if (draft.trim() === q) return;
    const timer = setTimeout(() => latest.current(draft.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft, q]);
  return (
    <label className="flex min-w-40 flex-1 items-center gap-2 rounded-lg border border-control px-3 focus-within:border-sea sm:max-w-xs">
      <Search className="size-4 shrink-0 text-soft" aria-hidden="true" />
      <input
        type="search"
        value={draft}
        maxLength={200}
        aria-label={t("search")}
        placeholder={t("search")}
        onChange={({ currentTarget }) => setDraft(currentTarget.value)}
        className="min-h-9 w-full min-w-0 bg-transparent outline-none pointer-coarse:min-h-11"
      />
    </label>
  );
}
