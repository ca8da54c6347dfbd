// A picture or a video of a board's screen, as a file.

export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

export function stamp() {
  const now = new Date();
  return [now.getHours(), now.getMinutes(), now.getSeconds()].map(n => String(n).padStart(2, '0')).join('');
}

export class Camera {
  #recorder = null;

  constructor(canvas, info, picture, video) {
    picture.setAttribute('aria-label', `Save picture of ${info.name}'s screen`);
    picture.onclick = () => canvas.toBlob(blob => save(blob, `${info.id}-${stamp()}.png`));
    video.setAttribute('aria-label', `Record video of ${info.name}'s screen`);
    video.hidden = !('MediaRecorder' in window && canvas.captureStream);
    video.onclick = () => {
      if (this.#recorder) this.#recorder.stop();
      else this.#record(canvas, info, video);
    };
  }

  #record(canvas, info, video) {
    const parts = [];
    const recorder = new MediaRecorder(canvas.captureStream(30));
    recorder.ondataavailable = event => parts.push(event.data);
    recorder.onstop = () => {
      this.#recorder = null;
      show(false);
      save(new Blob(parts, { type: recorder.mimeType }), `${info.id}-${stamp()}.webm`);
    };
    const show = isOn => {
      video.setAttribute('aria-pressed', isOn);
      video.textContent = isOn ? 'Save video' : 'Record video';
      video.setAttribute('aria-label', `${video.textContent} of ${info.name}'s screen`);
    };
    recorder.start();
    this.#recorder = recorder;
    show(true);
  }
}
