import * as Dialog from "@radix-ui/react-dialog";
import { useNavigate } from "@remix-run/react";
import { Command } from "cmdk";
import { Bot, FileText, type LucideIcon, MessagesSquare, Search } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../components/problem-note.tsx";
import { matches } from "./matches.ts";
import { useActions } from "./use-actions.ts";
import { useFound } from "./use-found.ts";

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** Finds documents, assistants and conversations by name, and does what can be done from anywhere. */
export function Palette({ open, onOpenChange }: Props) {
  const { t } = useTranslation("palette");
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const hasLed = useRef(false);
  const opener = useRef<Element | null>(null);
  const text = typed.trim();
  const { found, isSearching, problem, retry } = useFound(text, open);
  const actions = useActions().filter(({ name }) => matches(name, text));
  const named = text === "" ? [] : [...found.assistants, ...found.documents];
  const ids = [...named, ...found.conversations, ...actions].map(({ id }) => id);
  const count = ids.length;
  const [selected, setSelected] = useState("");
  // What is typed decides what comes first, and the first is what Enter opens.
  const first = ids[0] ?? "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: also where the same comes first for another text
  useEffect(() => setSelected(first), [first, text]);

  const close = () => {
    setTyped("");
    onOpenChange(false);
  };
  const choose = (leads: boolean, act: () => void) => {
    hasLed.current = leads;
    close();
    act();
  };
  const go = (to: string) => choose(true, () => navigate(to));
  const status = isSearching ? t("searching") : count === 0 ? t("nothing") : t("found", { count });
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-[rgb(8_16_24/45%)]" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={() => {
            hasLed.current = false;
            opener.current = document.activeElement;
          }}
          // On the page that was gone to; else back to where it was.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            const back = hasLed.current ? document.getElementById("content") : opener.current;
            if (back instanceof HTMLElement) back.focus();
          }}
          className="fixed top-[12vh] left-1/2 z-50 flex max-h-[70dvh] w-[calc(100%-2rem)] max-w-xl -translate-x-1/2 animate-fade flex-col overflow-hidden rounded-2xl bg-raised shadow-float"
          data-palette
        >
          <Dialog.Title className="sr-only">{t("title")}</Dialog.Title>
          <Command
            label={t("title")}
            shouldFilter={false}
            loop
            value={selected}
            onValueChange={setSelected}
            className="flex min-h-0 flex-col"
          >
            <div className="flex items-center gap-3 border-b border-line px-4">
              <Search className="size-5 shrink-0 text-soft" aria-hidden="true" />
              <Command.Input
                value={typed}
                onValueChange={setTyped}
                placeholder={t("field")}
                maxLength={200}
                className="min-h-13 min-w-0 flex-1 bg-transparent text-base text-ellipsis outline-none"
              />
            </div>
            <Command.List label={t("title")} className="min-h-0 flex-1 overflow-y-auto p-2">
              <Group heading={t("assistants")} isShown={text !== "" && found.assistants.length > 0}>
                {found.assistants.map(({ id, name }) => (
                  <Item key={id} id={id} icon={Bot} name={name} onChoose={() => go(`/ask/${id}`)} />
                ))}
              </Group>
              <Group heading={t("documents")} isShown={text !== "" && found.documents.length > 0}>
                {found.documents.map(({ id, collection_id, filename }) => (
                  <Item
                    key={id}
                    id={id}
                    icon={FileText}
                    name={filename}
                    onChoose={() => go(`/library?collection=${collection_id}&document=${id}&page=1`)}
                  />
                ))}
              </Group>
              <Group heading={t("conversations")} isShown={found.conversations.length > 0}>
                {found.conversations.map(({ id, assistant_id, title }) => (
                  <Item
                    key={id}
                    id={id}
                    icon={MessagesSquare}
                    name={title}
                    onChoose={() => go(`/ask/${assistant_id}/${id}`)}
                  />
                ))}
              </Group>
              {(["actions", "pages"] as const).map((group) => {
                const own = actions.filter((action) => action.group === group);
                return (
                  <Group key={group} heading={t(group)} isShown={own.length > 0}>
                    {own.map(({ id, icon, name, leads, run }) => (
                      <Item key={id} id={id} icon={icon} name={name} onChoose={() => choose(leads, run)} />
                    ))}
                  </Group>
                );
              })}
            </Command.List>
          </Command>
          {problem && (
            <div className="p-3">
              <ProblemNote problem={problem} title={t("failed")} onRetry={retry} />
            </div>
          )}
          <p className={count === 0 && !isSearching ? "px-4 pb-4 text-soft" : "sr-only"} role="status">
            {status}
          </p>
          <p
            className="flex flex-wrap gap-x-4 border-t border-line px-4 py-2 text-xs text-soft pointer-coarse:hidden"
            aria-hidden="true"
          >
            <Hint keys="↑ ↓">{t("move")}</Hint>
            <Hint keys="↵">{t("choose")}</Hint>
            <Hint keys="Esc">{t("leave")}</Hint>
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Group({ heading, isShown, children }: { heading: string; isShown: boolean; children: ReactNode }) {
  return isShown ? (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-soft"
    >
      {children}
    </Command.Group>
  ) : null;
}

type ItemProps = { id: string; icon: LucideIcon; name: string; onChoose: () => void };

function Item({ id, icon: Icon, name, onChoose }: ItemProps) {
  return (
    <Command.Item
      value={id}
      onSelect={onChoose}
      className="flex min-h-10 cursor-pointer items-center gap-3 rounded-lg px-2.5 data-[selected=true]:bg-sea-wash data-[selected=true]:text-sea pointer-coarse:min-h-11"
    >
      <Icon className="size-4 shrink-0" aria-hidden="true" />
      <span className="min-w-0 flex-1 truncate">{name}</span>
    </Command.Item>
  );
}

function Hint({ keys, children }: { keys: string; children: ReactNode }) {
  return (
    <span>
      <kbd className="font-sans font-medium">{keys}</kbd> {children}
    </span>
  );
}
