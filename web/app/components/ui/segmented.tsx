import { cx } from "class-variance-authority";
import { useId } from "react";

type Props = {
  label: string;
  value: string;
  options: { value: string; name: string; lang?: string }[];
  onChoose: (value: string) => void;
};

/** One of a few, side by side; below each other where there is no room. */
export function Segmented({ label, value, options, onChoose }: Props) {
  const name = useId();
  return (
    <fieldset className="grid grid-cols-1 gap-1.5">
      <legend className="mb-1.5 font-medium">{label}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          <label
            key={option.value}
            lang={option.lang}
            className={cx(
              "flex min-h-10 cursor-pointer items-center gap-2.5 rounded-lg border px-4 transition-colors hover:border-sea pointer-coarse:min-h-11",
              option.value === value ? "border-sea bg-sea-wash text-sea" : "border-control",
            )}
          >
            <input
              type="radio"
              name={name}
              className="size-4 accent-sea"
              checked={option.value === value}
              onChange={() => onChoose(option.value)}
            />
            {option.name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
