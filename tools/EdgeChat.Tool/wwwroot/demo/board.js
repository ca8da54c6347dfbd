// One board: title, device with screen and buttons, console, packets.
import { Camera } from './camera.js';
import { ColourScreen } from './colour-screen.js';
import { Packets } from './packets.js';
import { Screen } from './screen.js';
import { Terminal } from './terminal.js';

const BUTTON_KEYS = { ArrowUp: 'up', Enter: 'ok', ArrowDown: 'down' };
const NAMES = { up: 'arrow up', ok: 'Enter', down: 'arrow down' };
const ICONS = { Up: '▲', Down: '▼', A: '▼', B: '●', Button: '●' };

export class BoardView {
  #send;
  #buttons = new Map();
  #held = new Map();

  constructor(info, placeholder, send) {
    this.id = info.id;
    this.name = info.name;
    this.#send = send;
    this.element = document.getElementById('board').content.cloneNode(true).firstElementChild;
    this.element.dataset.board = info.id;
    this.element.setAttribute('aria-label', `Board ${info.id}`);
    this.#find('h2').textContent = info.name;
    this.#find('h2').title = info.title;

    this.screen = new (info.colour ? ColourScreen : Screen)(this.#find('canvas'), info.width, info.height);
    this.#find('canvas').setAttribute('aria-label', `${info.name}'s screen`);
    const terminal = this.#find('.terminal');
    terminal.setAttribute('aria-label', `${info.name}'s serial console; what you type here goes to the board`);
    this.terminal = new Terminal(terminal, text => this.#type(text));
    this.packets = new Packets(this.#find('tbody'));
    this.#find('.scroll').setAttribute('aria-label', `${info.name}'s packets`);
    const filter = this.#find('.filter');
    filter.setAttribute('aria-label', `Filter of ${info.name}'s packets: words that must be in them, or not with a minus before`);
    filter.oninput = () => this.packets.filter(filter.value);
    new Camera(this.#find('canvas'), info, this.#find('.picture'), this.#find('.video'));
    const open = this.#find('.open');
    open.setAttribute('aria-label', `Open ${info.name}: buttons, console and packets`);
    open.onclick = () => this.setOpen(open.getAttribute('aria-expanded') !== 'true');

    this.#makeButtons(info);
    this.#makeForm(info, placeholder);
    this.#makeSwitch('.power', `${info.name}'s power`, 'power');
    this.#makeSwitch('.wifi', `${info.name}'s Wi-Fi`, 'wifi');
  }

  /** In the overview: whether all of the board is there, or its screen alone. */
  setOpen(isOpen) {
    this.element.classList.toggle('open-board', isOpen);
    this.#find('.open').setAttribute('aria-expanded', isOpen);
    this.#find('.open').textContent = isOpen ? 'Close' : 'Open';
    this.#find('.open').setAttribute('aria-label', `${isOpen ? 'Close' : 'Open'} ${this.name}: buttons, console and packets`);
    this.settle();
  }

  /** After the view has changed: a list that is not seen has no rows. */
  settle() {
    this.packets.isShown = this.#find('.packets').checkVisibility();
    this.screen.fit();
  }

  /** The text on the screen, for who does not see it. */
  setText(lines) {
    this.#find('.shown').textContent = lines.length > 0 ? lines.join('. ') : 'The display is dark.';
  }

  dispose() {
    this.screen.dispose();
  }

  /** Shows power, network, presence, session and totals. */
  setState(state) {
    this.element.classList.toggle('unpowered', !state.on);
    this.#find('.power button').setAttribute('aria-checked', state.on);
    this.#find('.wifi button').setAttribute('aria-checked', state.wifi);
    const presence = this.#find('.presence');
    this.presence = state.presence;
    presence.dataset.state = state.presence ?? 'unknown';
    presence.querySelector('b').textContent = state.presence ?? 'unknown';
    // what the presence says already goes without saying
    this.#find('.session').textContent = state.session && state.session !== state.presence ? state.session : '';
    this.#find('.boots').textContent = state.boots > 1 ? `boot ${state.boots}` : '';
    const tones = state.tones === 0 ? '' : state.tones === 1 ? '♪ 1 tone' : `♪ ${state.tones} tones`;
    if (this.#find('.tones').textContent !== tones) this.#find('.tones').textContent = tones; // what is set anew is read out anew
    this.#find('.packets small').textContent = `${size(state.sent)} sent, ${size(state.received)} received; display bus ${size(state.display)}`;
    const fault = this.#find('.fault');
    fault.hidden = !state.fault;
    fault.textContent = state.fault ? `The firmware stopped. ${state.fault}` : '';
  }

  #find(selector) {
    return this.element.querySelector(selector);
  }

  #type(text) {
    this.#send({ t: 'type', board: this.id, text });
  }

  #makeSwitch(selector, label, request) {
    const button = this.#find(`${selector} button`);
    button.setAttribute('aria-label', label);
    button.setAttribute('aria-checked', 'true');
    button.onclick = () => this.#send({ t: request, board: this.id, on: button.getAttribute('aria-checked') !== 'true' });
  }

  #makeForm(info, placeholder) {
    const form = this.#find('form');
    const input = form.querySelector('input');
    input.setAttribute('aria-label', `A line for ${info.name}'s console`);
    input.placeholder = placeholder;
    form.querySelector('button').setAttribute('aria-label', `Send the line to ${info.name}`);
    form.onsubmit = event => {
      event.preventDefault();
      this.#type(`${input.value}\r`);
      input.value = '';
    };
  }

  #makeButtons(info) {
    const device = this.#find('.device');
    device.setAttribute('aria-label', `${info.name}: ${info.buttons.map(b => `${NAMES[b.name]} is ${b.label}`).join(', ')}`);
    for (const { name, label } of info.buttons) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'key';
      button.dataset.button = name;
      button.textContent = ICONS[label] ?? label;
      button.setAttribute('aria-label', `${info.name}: ${label}`);
      button.title = `${label}; hold for a long press`;
      // A finger or the mouse may leave the button while it is down: the capture brings its end here all the same.
      button.onpointerdown = event => {
        if (event.button !== 0) return;
        event.preventDefault();
        button.setPointerCapture(event.pointerId);
        device.focus({ preventScroll: true });
        this.#set(name, 'pointer', true);
      };
      button.onpointerup = button.onpointercancel = button.onlostpointercapture = () => this.#set(name, 'pointer', false);
      button.oncontextmenu = event => event.preventDefault();
      button.onkeydown = event => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        this.#set(name, 'own key', true);
      };
      button.onkeyup = event => {
        if (event.key === 'Enter' || event.key === ' ') this.#set(name, 'own key', false);
      };
      // What a screen reader or a voice does is a click and nothing else.
      button.onclick = event => {
        if (event.detail !== 0 || event.pointerType) return;
        this.#set(name, 'click', true);
        this.#set(name, 'click', false);
      };
      button.onblur = () => this.#set(name, 'own key', false);
      this.#buttons.set(name, button);
      this.#find('.buttons').append(button);
    }
    device.addEventListener('keydown', event => {
      const name = BUTTON_KEYS[event.key];
      if (!this.#buttons.has(name)) return;
      event.preventDefault();
      this.#set(name, 'key', true);
    });
    device.addEventListener('keyup', event => {
      const name = BUTTON_KEYS[event.key];
      if (this.#buttons.has(name)) this.#set(name, 'key', false);
    });
    // who moves to a board is told what its screen says, and what it says next
    device.addEventListener('focusin', () => this.#send({ t: 'read', board: this.id, on: true }));
    device.addEventListener('focusout', event => {
      if (!device.contains(event.relatedTarget)) this.#send({ t: 'read', board: this.id, on: false });
    });
    device.addEventListener('blur', () => {
      for (const name of this.#buttons.keys()) this.#set(name, 'key', false);
    });
    this.#find('.panel').onclick = () => device.focus();
  }

  // A button is down while any of pointer, arrow key and own key holds it; the board is told of changes alone.
  #set(name, by, isDown) {
    const holders = this.#held.get(name) ?? new Set();
    const was = holders.size > 0;
    if (isDown) holders.add(by);
    else holders.delete(by);
    this.#held.set(name, holders);
    const is = holders.size > 0;
    if (is === was) return;
    this.#buttons.get(name).classList.toggle('down', is);
    this.#send({ t: 'button', board: this.id, name, on: is });
  }
}

function size(bytes) {
  return bytes < 1000 ? `${bytes} B` : bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
