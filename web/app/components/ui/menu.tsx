import * as Radix from "@radix-ui/react-dropdown-menu";
import { cx } from "class-variance-authority";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";

const ITEM =
  "flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 outline-none select-none data-highlighted:bg-sea-wash data-highlighted:text-sea pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0";

type Props = {
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "end";
  side?: "top" | "right" | "bottom";
  /** It was made because it was asked for. */
  isOpenAtFirst?: boolean;
};

/** A list of acts or choices behind a button. */
export function Menu({ trigger, children, align = "start", side = "bottom", isOpenAtFirst = false }: Props) {
  return (
    // Not modal: opening it must not hide the page's scroll bar and shift everything.
    <Radix.Root modal={false} defaultOpen={isOpenAtFirst}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 animate-fade overflow-y-auto rounded-xl border border-line bg-raised p-1.5 shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({
  onSelect,
  isDanger = false,
  children,
}: {
  onSelect: () => void;
  isDanger?: boolean;
  children: ReactNode;
}) {
  return (
    <Radix.Item
      className={cx(ITEM, isDanger && "text-red data-highlighted:bg-red-wash data-highlighted:text-red")}
      onSelect={onSelect}
    >
      {children}
    </Radix.Item>
  );
}

type ChoiceProps = {
  label: string;
  value: string;
  options: { value: string; name: string; lang?: string }[];
  onChoose: (value: string) => void;
};

/** One of several, the present one marked. */
export function MenuChoice({ label, value, options, onChoose }: ChoiceProps) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onChoose} aria-label={label}>
      <Radix.Label className="px-2.5 pt-1.5 pb-1 text-xs font-medium text-soft">{label}</Radix.Label>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} lang={option.lang} className={ITEM}>
          <span className="grid size-4 place-items-center">
            <Radix.ItemIndicator>
              <Check aria-hidden="true" />
            </Radix.ItemIndicator>
          </span>
          <span className="min-w-0 truncate">{option.name}</span>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export function MenuLine() {
  return <Radix.Separator className="my-1.5 h-px bg-line" />;
}
