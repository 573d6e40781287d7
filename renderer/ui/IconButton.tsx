import type { LucideIcon } from 'lucide-react';

type Props = {
  readonly icon: LucideIcon | string;
  readonly label: string;
  /** Key to show beside the label. */
  readonly hint?: string | undefined;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly size?: number;
  readonly testId?: string;
  onClick(): void;
};

/** A button with an icon alone (or two or three characters in its place); its name and key stand in the tooltip and in the accessible name. */
export function IconButton({ icon: Icon, label, hint, pressed, disabled, size = 16, testId, onClick }: Props) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      data-tip={hint ? `${label} · ${hint}` : label}
      aria-pressed={pressed}
      disabled={disabled}
      data-testid={testId}
      // Keys belong to the picture that is the target, so a click must not leave the focus on the button.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      {typeof Icon === 'string' ? Icon : <Icon size={size} strokeWidth={1.75} aria-hidden />}
    </button>
  );
}
