// Saves a figure as a picture with its title, subtitle and source in it.
{
  const AIR = 24; // pixels round the picture
  const SHARP = 2; // pixels of the PNG to one of the drawing
  const FONT = "Arial, Helvetica, sans-serif";
  const WORDS = [
    ["figcaption h3", "bold 18px", 23, "#0b0c0c"],
    [".figure-subtitle", "15px", 20, "#505a5f"],
    [".figure-static svg", "", 12, ""],
    [".figure-note", "13px", 17, "#505a5f"],
    [".figure-source", "13px", 17, "#505a5f"],
  ];
  const SVG = "http://www.w3.org/2000/svg";
  const measure = document.createElement("canvas").getContext("2d");

  const element = (name, attributes, text = "") => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  };

  const lines = (text, font, width) => {
    measure.font = `${font} ${FONT}`;
    const made = [""];
    for (const word of text.trim().split(/\s+/)) {
      const longer = `${made.at(-1)} ${word}`.trim();
      if (made.at(-1) && measure.measureText(longer).width > width) made.push(word);
      else made[made.length - 1] = longer;
    }
    return made;
  };

  const picture = (figure) => {
    const { width, height } = figure.querySelector(".figure-static svg").viewBox.baseVal;
    const room = Math.max(width, 480);
    const whole = element("svg", { xmlns: SVG, "font-family": FONT, "stroke-miterlimit": 10 }); // as page.css has it
    const background = whole.appendChild(element("rect", { width: "100%", height: "100%", fill: "#fff" }));
    let y = AIR;
    for (const [where, font, step, fill] of WORDS) {
      const part = figure.querySelector(where);
      if (!part) continue;
      if (!font) {
        const drawing = part.cloneNode(true);
        for (const mark of drawing.querySelectorAll("*")) {
          for (const name of Object.keys(mark.dataset)) delete mark.dataset[name];
        }
        for (const [key, value] of Object.entries({ x: AIR, y, width, height })) drawing.setAttribute(key, value);
        whole.append(drawing);
        y += height + step;
        continue;
      }
      const [, weight, size] = /(\D*)(\d+)px/.exec(font);
      const style = { x: AIR, fill, "font-size": size, "font-weight": weight.trim() || "normal" };
      for (const line of lines(part.textContent, font, room)) {
        y += step;
        whole.append(element("text", { ...style, y: y - step / 4 }, line));
      }
      y += step / 3;
    }
    const size = { width: room + 2 * AIR, height: Math.ceil(y + AIR / 2) };
    for (const [key, value] of Object.entries(size)) {
      whole.setAttribute(key, value);
      background.setAttribute(key, value);
    }
    return { ...size, text: new XMLSerializer().serializeToString(whole) };
  };

  const download = (blob, name) => {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  // Named as the file of the figures is: pictures of several areas are kept in one folder.
  const whose = document.querySelector("a.download")?.download.replace(/facts\.csv$/, "") ?? "";
  const name = (figure, kind) => `${whose}${figure.id}.${kind}`;

  const save = {
    async PNG(figure) {
      const { width, height, text } = picture(figure);
      const image = new Image();
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: width * SHARP, height: height * SHARP });
      const paint = canvas.getContext("2d");
      paint.scale(SHARP, SHARP);
      paint.drawImage(image, 0, 0, width, height);
      canvas.toBlob((blob) => download(blob, name(figure, "png")), "image/png");
    },
    async SVG(figure) {
      download(new Blob([picture(figure).text], { type: "image/svg+xml" }), name(figure, "svg"));
    },
  };

  for (const figure of document.querySelectorAll("figure:has(> .figure-static svg)")) {
    const controls = Object.assign(document.createElement("div"), { className: "save" });
    controls.append("Save as picture:");
    const title = figure.querySelector("figcaption h3").textContent;
    for (const [kind, act] of Object.entries(save)) {
      const button = Object.assign(document.createElement("button"), { type: "button" });
      const which = Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: `: ${title}` });
      button.append(kind, which);
      button.addEventListener("click", () => act(figure));
      controls.append(button);
    }
    figure.append(controls);
  }
}
