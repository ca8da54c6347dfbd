// What a browser's Web Serial gives, with a virtual board of the test behind it: lineRead, lineWrite and lineSignals are the test's.
{
  const encode = (bytes) => btoa(String.fromCharCode(...bytes));
  const decode = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const signals = { dataTerminalReady: false, requestToSend: false };

  class Port extends EventTarget {
    readable = null;
    writable = null;
    #isOpen = false;

    async open({ baudRate }) {
      this.#isOpen = true;
      this.readable = new ReadableStream({
        pull: async (controller) => {
          while (this.#isOpen) {
            const text = await window.lineRead(baudRate);
            if (text) return controller.enqueue(decode(text));
          }
          controller.close();
        },
      });
      this.writable = new WritableStream({ write: (bytes) => window.lineWrite(baudRate, encode(bytes)) });
    }

    async close() {
      this.#isOpen = false;
      this.readable = this.writable = null;
    }

    async setSignals(changes) {
      Object.assign(signals, changes);
      await window.lineSignals(signals.dataTerminalReady, signals.requestToSend);
    }

    async getSignals() {
      return {};
    }

    getInfo() {
      return {};
    }
  }

  const port = new Port();
  Object.defineProperty(navigator, "serial", { value: { requestPort: async () => port, getPorts: async () => [port] } });
}
