// Drives a serial port with Espressif's esptool-js and says in one line of JSON what it did.
// Usage: node peer.mjs PORT BAUD FILE OFFSET [erase] [read]
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { ESPLoader, Transport } from "esptool-js";

const md5 = (bytes) => createHash("md5").update(bytes).digest("hex");
const tick = () => new Promise((done) => setTimeout(done, 1));

// What a browser's Web Serial gives, out of a file descriptor. A pseudo terminal has no modem lines, and its last close is a reset.
class Port {
  constructor(path) {
    this.path = path;
  }

  async open({ baudRate }) {
    this.fd = fs.openSync(this.path, fs.constants.O_RDWR | fs.constants.O_NOCTTY | fs.constants.O_NONBLOCK);
    this.setBaudRate(baudRate);
    const fd = this.fd;
    const buffer = Buffer.alloc(65536);
    let open = true;
    this.readable = new ReadableStream({
      async pull(controller) {
        while (open) {
          try {
            const count = fs.readSync(fd, buffer);
            if (count > 0) return controller.enqueue(Uint8Array.from(buffer.subarray(0, count)));
          } catch (e) {
            if (e.code !== "EAGAIN") return controller.error(e);
          }
          await tick();
        }
      },
      cancel() {
        open = false;
      },
    });
    this.writable = new WritableStream({
      async write(bytes) {
        for (let at = 0; at < bytes.length; ) {
          try {
            at += fs.writeSync(fd, bytes, at);
          } catch (e) {
            if (e.code !== "EAGAIN") throw e;
            await tick();
          }
        }
      },
    });
  }

  setBaudRate(rate) {
    execFileSync("stty", ["-F", this.path, String(rate), "raw", "-echo"]);
  }

  async setSignals() {}

  getInfo() {
    return {};
  }

  async close() {
    if (this.fd === undefined) return;
    fs.closeSync(this.fd);
    this.fd = this.readable = this.writable = undefined;
  }
}

const [path, baud, file, offset, ...what] = process.argv.slice(2);
const log = [];
const terminal = { clean() {}, write: (text) => log.push(text), writeLine: (text) => log.push(text) };
console.log = (text) => log.push(text);
try {
  const began = Date.now();
  const transport = new Transport(new Port(path));
  const loader = new ESPLoader({ transport, baudrate: Number(baud), romBaudrate: 115200, terminal });
  const chip = await loader.main();
  const mac = await loader.chip.readMac(loader);
  const flashId = await loader.readFlashId();
  if (what.includes("erase")) await loader.eraseFlash();
  const data = new Uint8Array(fs.readFileSync(file));
  const writing = Date.now();
  await loader.writeFlash({
    fileArray: [{ data, address: Number(offset) }],
    flashMode: "keep", flashFreq: "keep", flashSize: "keep", eraseAll: false, compress: true, calculateMD5Hash: md5,
  });
  // the library tells its own time of the transfer, from the begin to the end
  const wrote = log.map((l) => /^Wrote .* in ([\d.]+) seconds/.exec(l)).find((m) => m);
  const verified = (await loader.flashMd5sum(Number(offset), data.length)) === md5(data);
  let isRead = null;
  if (what.includes("read")) {
    const count = Math.min(data.length, 20000);
    isRead = md5(await loader.readFlash(Number(offset), count)) === md5(data.subarray(0, count));
  }

  process.stdout.write(JSON.stringify({
    chip, mac, flashId: flashId.toString(16), verified, isRead,
    transferSeconds: wrote ? Number(wrote[1]) : (Date.now() - writing) / 1000, seconds: (Date.now() - began) / 1000,
  }) + "\n");
  process.exit(0);
} catch (e) {
  process.stderr.write(`${e}\n${log.slice(-20).join("\n")}\n`);
  process.exit(1);
}
