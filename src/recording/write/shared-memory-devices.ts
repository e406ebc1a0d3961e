import { deviceText } from '../json-text.ts';

/** Collects the devices that hold shared memory among those of a sample's mappings. */
export class SharedMemoryDevices {
  readonly #isShared: (major: number, minor: number) => boolean;
  readonly #checked = new Set<string>();
  readonly #shared: string[] = [];
  #lastMajor = -1;
  #lastMinor = -1;

  constructor(isShared: (major: number, minor: number) => boolean) {
    this.#isShared = isShared;
  }

  /** Adds the device of a mapping. */
  add(major: number, minor: number): void {
    // The mappings of a file are usually neighbours.
    if (major === this.#lastMajor && minor === this.#lastMinor) return;
    this.#lastMajor = major;
    this.#lastMinor = minor;
    const device = deviceText(major, minor);
    if (this.#checked.has(device)) return;
    this.#checked.add(device);
    if (this.#isShared(major, minor)) this.#shared.push(device);
  }

  /** The devices with shared memory so far; see SampleJson.shared_memory_devices. */
  list(): readonly string[] {
    return this.#shared;
  }
}
