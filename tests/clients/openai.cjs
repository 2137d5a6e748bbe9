// What programs do with the official client. `node openai.cjs ADDRESS STORY` tells one story and prints what came of it as JSON.
const { OpenAI, toFile } = require('openai');

const [address, story] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${address}/v1`, apiKey: 'sk-anything', maxRetries: 0 });
const model = 'omnigen2-mini';
const star = 'a large red star in the center on a white background';
const ring = 'a large cyan ring in the center at the sea';

const draw = async (prompt, more = {}) => (await client.images.generate({ model, prompt, size: '128x128', seed: 7, num_inference_steps: 4, ...more })).data[0].b64_json;
const file = (base64, name) => toFile(Buffer.from(base64, 'base64'), name, { type: 'image/png' });
const collect = async stream => {
  const events = [];
  for await (const event of stream) events.push(event);
  return events;
};
const refused = async attempt => {
  try {
    await attempt();
    return { kind: 'none' };
  } catch (error) {
    return { kind: error.constructor.name, status: error.status, code: error.code, param: error.param, type: error.type, message: error.message };
  }
};
const look = base64 => [
  { type: 'text', text: 'What is in the picture?' },
  { type: 'image_url', image_url: { url: `data:image/png;base64,${base64}` } },
];

const stories = {
  async models() {
    const list = await client.models.list();
    return { listed: list.data.map(x => x.id), found: (await client.models.retrieve(model)).id };
  },

  async generate() {
    const answer = await client.images.generate({ model, prompt: star, n: 2, size: '128x128', quality: 'low', output_format: 'webp', output_compression: 80, seed: 7, num_inference_steps: 4 });
    return { size: answer.size, quality: answer.quality, format: answer.output_format, pictures: answer.data.map(x => x.b64_json), tokens: answer.usage.total_tokens };
  },

  async edit() {
    const [first, second] = [await draw(star), await draw(ring)];
    const one = await client.images.edit({ model, image: await file(first, 'star.png'), prompt: 'make the star blue', num_inference_steps: 4 });
    const two = await client.images.edit({
      model, image: [await file(first, 'star.png'), await file(second, 'ring.png')], prompt: 'put the star from the first image beside the ring from the second image',
      size: '128x128', num_inference_steps: 4, cfg_range: [0, 0.6],
    });
    return { one: one.data[0].b64_json, two: two.data[0].b64_json, imageTokens: two.usage.input_tokens_details.image_tokens };
  },

  async stream() {
    const events = await collect(await client.images.generate({ model, prompt: star, size: '128x128', num_inference_steps: 12, stream: true, partial_images: 2 }));
    const edits = await collect(await client.images.edit({ model, image: await file(events.at(-1).b64_json, 'star.png'), prompt: 'make the star blue', num_inference_steps: 8, stream: true, partial_images: 1 }));
    return { events, edits };
  },

  async chat() {
    const picture = await draw(star);
    const answer = await client.chat.completions.create({ model, messages: [{ role: 'user', content: look(picture) }] });
    return { text: answer.choices[0].message.content, reason: answer.choices[0].finish_reason, usage: answer.usage };
  },

  async chatStream() {
    const picture = await draw(star);
    const ask = { model, messages: [{ role: 'user', content: look(picture) }] };
    const chunks = await collect(await client.chat.completions.create({ ...ask, stream: true, stream_options: { include_usage: true } }));
    const helper = client.chat.completions.stream(ask);
    return {
      chunks: chunks.length,
      text: chunks.map(x => x.choices[0]?.delta?.content ?? '').join(''),
      usage: chunks.at(-1).usage,
      helper: await helper.finalContent(),
    };
  },

  async chatDraws() {
    const messages = [{ role: 'user', content: `draw ${star}` }];
    const drawn = await client.chat.completions.create({ model, messages, num_inference_steps: 4 });
    messages.push(drawn.choices[0].message, { role: 'user', content: 'What is in the picture?' });
    const seen = await client.chat.completions.create({ model, messages });
    return { content: drawn.choices[0].message.content, images: drawn.choices[0].message.images, seen: seen.choices[0].message.content };
  },

  async responses() {
    const words = await client.responses.create({ model, input: 'hello' });
    const events = await collect(await client.responses.create({ model, input: `draw ${star}`, stream: true, tools: [{ type: 'image_generation', partial_images: 1, num_inference_steps: 8 }] }));
    const final = await client.responses.stream({ model, input: 'hello' }).finalResponse();
    return { text: words.output_text, types: events.map(x => x.type), picture: events.at(-1).response.output[0].result, final: final.output_text };
  },

  async errors() {
    return {
      model: await refused(() => client.images.generate({ model: 'gpt-image-1', prompt: star })),
      size: await refused(() => client.images.generate({ model, prompt: star, size: '1024x1024' })),
      picture: await refused(async () => client.images.edit({ model, image: await toFile(Buffer.from('no picture'), 'x.png'), prompt: star })),
      remote: await refused(() => client.chat.completions.create({ model, messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'http://10.0.0.1/x.png' } }] }] })),
      chat: await refused(() => client.chat.completions.create({ model, messages: [] })),
      url: await refused(() => client.moderations.create({ input: 'x' })),
    };
  },

  async abort() {
    const stream = await client.images.generate({ model, prompt: star, size: '128x128', stream: true, partial_images: 3, num_inference_steps: 100 });
    for await (const event of stream) {
      return { type: event.type };
    }
  },
};

stories[story]().then(result => console.log(JSON.stringify(result)), error => {
  console.error(error);
  process.exitCode = 1;
});
