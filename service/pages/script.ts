/**
 * The pages' script. It only makes uploading easier: a chosen picture is sent at once, and one that is too large for
 * the exam's limit (every phone's is) is made smaller first, upright as it was taken. Without it the same forms work
 * by their buttons.
 */
export const SCRIPT = `'use strict';
document.documentElement.classList.add('scripted');

const LONGEST = 2400;
const SHORTEST = 1000;

const asJpeg = (canvas, quality) => new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));

async function shrink(file, limit) {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  for (let longest = LONGEST; longest >= SHORTEST; longest *= 0.85) {
    const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    for (const quality of [0.9, 0.82, 0.74]) {
      const blob = await asJpeg(canvas, quality);
      if (blob && blob.size <= limit) return new File([blob], 'image.jpg', { type: 'image/jpeg' });
    }
  }
  return null;
}

for (const form of document.querySelectorAll('form.upload')) {
  const input = form.querySelector('input[type=file]');
  const progress = form.querySelector('.progress');
  const label = form.querySelector('label');
  label.className = label.dataset.kind;
  input.addEventListener('change', async () => {
    const file = input.files[0];
    if (!file) return;
    const limit = Number(form.dataset.limit);
    if (file.size > limit) {
      progress.textContent = '图片较大，正在压缩…';
      try {
        const smaller = await shrink(file, limit);
        if (smaller) {
          const transfer = new DataTransfer();
          transfer.items.add(smaller);
          input.files = transfer.files;
        }
      } catch {
        // Not a picture that can be opened here: the service says what is wrong with it.
      }
    }
    progress.textContent = '正在上传…';
    form.classList.add('busy');
    form.submit();
  });
}

for (const form of document.querySelectorAll('form:not(.upload)')) {
  form.addEventListener('submit', (event) => {
    if (form.classList.contains('busy')) event.preventDefault();
    form.classList.add('busy');
  });
}
`;
