import { cva, cx, type VariantProps } from "class-variance-authority";
import { type ButtonHTMLAttributes, forwardRef } from "react";

export const buttonStyle = cva(
  "inline-flex items-center justify-center gap-2 font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed [&_svg]:size-[1.125rem] [&_svg]:shrink-0",
  {
    variants: {
      look: {
        primary: "bg-sea text-on-sea hover:bg-sea-strong disabled:bg-line disabled:text-soft",
        outline:
          "border border-control bg-surface text-ink hover:border-sea hover:text-sea disabled:border-line disabled:text-soft",
        quiet:
          "text-soft hover:bg-sea-wash hover:text-sea disabled:text-control disabled:hover:bg-transparent",
        danger: "bg-red text-surface hover:opacity-90 disabled:bg-line disabled:text-soft",
      },
      size: {
        normal: "rounded-lg min-h-10 px-4 pointer-coarse:min-h-11",
        small: "rounded-lg min-h-8 px-2.5 text-[0.8125rem] pointer-coarse:min-h-11",
        icon: "rounded-lg size-9 pointer-coarse:size-11",
        round: "rounded-full size-10 pointer-coarse:size-11",
      },
    },
    defaultVariants: { look: "outline", size: "normal" },
  },
);

type Props = ButtonHTMLAttributes<HTMLButtonElement> & VariantProps<typeof buttonStyle>;

export const Button = forwardRef<HTMLButtonElement, Props>(function Button(
  { look, size, className, type = "button", ...rest },
  ref,
) {
  return <button ref={ref} type={type} className={cx(buttonStyle({ look, size }), className)} {...rest} />;
});

type IconProps = Omit<Props, "aria-label" | "title" | "size"> & { label: string; size?: "icon" | "round" };

/** A button that shows an icon alone: its label is spoken, and shown to the pointer. */
export const IconButton = forwardRef<HTMLButtonElement, IconProps>(function IconButton(
  { label, look = "quiet", size = "icon", ...rest },
  ref,
) {
  return <Button ref={ref} look={look} size={size} aria-label={label} title={label} {...rest} />;
});
