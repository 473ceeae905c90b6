// Read a calendar by HTTP with node-ical and with ical.js, and print what each of them found.
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const text = await (await fetch(process.argv[2])).text();

const byNodeIcal = Object.values(nodeIcal.sync.parseICS(text))
  .filter((item) => item.type === "VEVENT" && item.transparency === "OPAQUE")
  .map((item) => ({
    uid: item.uid,
    start: item.start.toISOString(),
    end: item.end.toISOString(),
    summary: item.summary,
    status: item.status,
  }));

const calendar = new ICAL.Component(ICAL.parse(text));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}
const byIcalJs = calendar
  .getAllSubcomponents("vevent")
  .filter((item) => item.getFirstPropertyValue("transp") === "OPAQUE")
  .map((item) => new ICAL.Event(item))
  .map((item) => ({
    uid: item.uid,
    start: item.startDate.toJSDate().toISOString(),
    end: item.endDate.toJSDate().toISOString(),
    summary: item.summary,
    status: item.component.getFirstPropertyValue("status"),
  }));

process.stdout.write(
  JSON.stringify({
    name: calendar.getFirstPropertyValue("x-wr-calname"),
    "node-ical": byNodeIcal,
    "ical.js": byIcalJs,
  }),
);
