import { EXIT } from './exit-status.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Lets a command that runs for long come to its proper end when somebody ends it. */
export interface Interruption {
  /** Aborted by the first of the signals, or by `stop`. */
  readonly signal: AbortSignal;
  /** Ends the command as its user would. */
  stop(): void;
  /**
   * To be called when all is done: the status to end with. Ctrl-C is how people end such a command,
   * so it is none but 0; of SIGTERM and SIGHUP the program dies, as whoever sent them expects, and of
   * any of them where not all was written (`isCut`).
   */
  end(status: number, isCut?: boolean): number;
}

/** Begins to listen; until `end`, a second Ctrl-C ends the program at once. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  let received: NodeJS.Signals | undefined;
  const onSignal = (name: NodeJS.Signals) => {
    received = name;
    stopListening();
    controller.abort();
  };
  const stopListening = () => {
    for (const name of SIGNALS) process.removeListener(name, onSignal);
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    signal: controller.signal,
    stop: () => controller.abort(),
    end: (status, isCut = false) => {
      stopListening();
      if (received !== undefined && (isCut || received !== 'SIGINT')) {
        process.exitCode = status === EXIT.ok ? undefined : status;
        process.kill(process.pid, received);
      }
      return status;
    },
  };
}
