import * as Radix from "@radix-ui/react-dialog";
import { cx } from "class-variance-authority";
import type { ReactNode } from "react";

const OVERLAY = "fixed inset-0 z-40 animate-fade bg-[rgb(8_16_24/45%)]";

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  /** An act that can't be undone: read out at once. */
  isAlert?: boolean;
  children: ReactNode;
};

/** A small window over the page that asks for one thing. */
export function Dialog({ open, onOpenChange, title, description, isAlert = false, children }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={OVERLAY} />
        <Radix.Content
          role={isAlert ? "alertdialog" : "dialog"}
          {...(description ? {} : { "aria-describedby": undefined })}
          className="fixed top-1/2 left-1/2 z-50 grid grid-cols-1 w-[calc(100%-2rem)] max-w-md -translate-1/2 animate-fade gap-3 rounded-2xl bg-raised p-6 shadow-float"
        >
          <Radix.Title className="text-lg font-semibold break-words">{title}</Radix.Title>
          {description && <Radix.Description className="text-soft">{description}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type SheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  side: "start" | "end";
  children: ReactNode;
};

/** A part of the page that comes over it where there is no room beside; on phones it rises from below. */
export function Sheet({ open, onOpenChange, title, side, children }: SheetProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={OVERLAY} />
        <Radix.Content
          aria-describedby={undefined}
          className={cx(
            "fixed z-50 flex animate-rise flex-col overflow-hidden bg-surface shadow-float outline-none",
            "max-sm:inset-x-0 max-sm:bottom-0 max-sm:h-[88dvh] max-sm:rounded-t-2xl",
            "sm:inset-y-0",
            side === "start" ? "sm:left-0 sm:w-80" : "sm:right-0 sm:w-[min(34rem,100%)]",
          )}
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
