// `node signalr.cjs ADDRESS JOB [LAST-ID]` follows a job with Microsoft's own client and prints the events as JSON.
const { HubConnectionBuilder, LogLevel } = require('@microsoft/signalr');

const [address, job, lastId = null] = process.argv.slice(2);
const connection = new HubConnectionBuilder().withUrl(`${address}/hubs/jobs`).configureLogging(LogLevel.Error).build();

async function follow() {
  await connection.start();
  const events = [];
  try {
    await new Promise((resolve, reject) => connection.stream('Watch', job, lastId).subscribe({ next: x => events.push(x), complete: resolve, error: reject }));
    return { events };
  } catch (error) {
    return { events, refused: error.message };
  } finally {
    await connection.stop();
  }
}

follow().then(result => console.log(JSON.stringify(result)), error => {
  console.error(error);
  process.exitCode = 1;
});
