import { Search } from "lucide-react";
import { type ComponentType, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { loadWords } from "../i18n/load-words.ts";
import { useHydrated } from "./use-hydrated.ts";

type PaletteProps = { open: boolean; onOpenChange: (open: boolean) => void };

const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** The way to everything: a button, and ⌘K or Ctrl+K wherever one is. What is behind it loads when it is first asked for. */
export function PaletteDoor() {
  const { t } = useTranslation("frame");
  const [isOpen, setOpen] = useState(false);
  const [Palette, setPalette] = useState<ComponentType<PaletteProps> | null>(null);
  const [keys, setKeys] = useState("");
  const isHydrated = useHydrated();
  const toggle = useRef(() => {});
  toggle.current = () => {
    setOpen((open) => !open);
    if (Palette) return;
    Promise.all([import("../palette/palette.tsx"), loadWords("palette")]).then(
      ([{ Palette: loaded }]) => setPalette(() => loaded),
      // Without network: the next press tries again.
      () => setOpen(false),
    );
  };
  useEffect(() => {
    setKeys(isApple() ? "⌘K" : "Ctrl K");
    const onKey = (event: KeyboardEvent) => {
      const held = isApple() ? event.metaKey : event.ctrlKey;
      if (event.key.toLowerCase() !== "k" || !held || event.shiftKey || event.altKey) return;
      event.preventDefault();
      toggle.current();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        title={t("find")}
        aria-keyshortcuts="Control+K Meta+K"
        disabled={!isHydrated}
        onClick={() => toggle.current()}
        className="flex items-center gap-3 rounded-lg text-soft disabled:cursor-wait transition-colors hover:text-sea max-sm:hidden sm:hover:bg-sea-wash max-xl:mx-auto max-xl:size-11 max-xl:justify-center xl:mt-1 xl:min-h-10 xl:border xl:border-line xl:px-2.5 xl:hover:border-sea"
      >
        <Search className="size-5" aria-hidden="true" />
        <span className="flex-1 text-start max-xl:sr-only">{t("find")}</span>
        <span className="text-xs max-xl:hidden" aria-hidden="true">
          {keys}
        </span>
      </button>
      {Palette && <Palette open={isOpen} onOpenChange={setOpen} />}
    </>
  );
}
