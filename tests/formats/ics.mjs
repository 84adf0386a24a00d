// What ical.js, the parser of Thunderbird, finds in calendars: each line of input is one, as a JSON string.
import ICAL from "ical.js";
import { createInterface } from "node:readline";

const entry = (component) => {
  const event = new ICAL.Event(component);
  const value = (name) => component.getFirstPropertyValue(name);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    location: event.location,
    categories: component.getFirstProperty("categories")?.getValues() ?? [],
    url: value("url"),
    status: value("status"),
    transp: value("transp"),
    start: event.startDate.toString().padStart(10, "0"), // of early years it gives fewer digits
    end: event.endDate.toString().padStart(10, "0"),
    stamp: value("dtstamp").toString(),
  };
};

for await (const line of createInterface({ input: process.stdin })) {
  const calendar = new ICAL.Component(ICAL.parse(JSON.parse(line)));
  const head = Object.fromEntries(calendar.getAllProperties().map((each) => [each.name, each.getFirstValue()]));
  console.log(JSON.stringify({ head, entries: calendar.getAllSubcomponents("vevent").map(entry) }));
}
