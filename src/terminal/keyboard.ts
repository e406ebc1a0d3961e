import { isatty } from 'node:tty';

const STDIN = 0;

/** Hears single keys, as long as it is open. */
export interface Keyboard {
  /** Takes the keyboard; once more makes sure of it. */
  open(): void;
  /** Gives it back as it was. */
  close(): void;
}

/** The keyboard where stdin is a terminal; `onText` is given what was typed. */
export function keyboardOf(onText: (text: string) => void): Keyboard | undefined {
  if (!isatty(STDIN)) return undefined;
  const { stdin } = process;
  const onData = (bytes: Buffer) => onText(bytes.toString('latin1'));
  // A terminal that goes away is told by a signal.
  const onError = () => {};
  let isOpen = false;
  return {
    open: () => {
      stdin.setRawMode(true);
      if (isOpen) return;
      isOpen = true;
      stdin.on('error', onError).on('data', onData).resume();
    },
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      stdin.removeListener('data', onData).pause();
      try {
        stdin.setRawMode(false);
      } catch {
        // As above.
      }
    },
  };
}
