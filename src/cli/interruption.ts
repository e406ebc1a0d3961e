import { EXIT } from './exit-status.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Lets a long-running command finish its work when a signal asks it to end. */
export interface Interruption {
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP, or by `stop`. */
  readonly signal: AbortSignal;
  /** Ends the command as Ctrl-C would. */
  stop(): void;
  /**
   * Call when the work is done; returns the exit status. Ctrl-C is the normal way to end such a
   * command, so `status` stays as it is. SIGTERM and SIGHUP kill the program after all, as their
   * sender expects; any of the three does if some output was not written (`isCut`).
   */
  end(status: number, isCut?: boolean): number;
}

/** Listens for the signals until `end`. The first is handled; a second one kills the program. */
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
