/* Asks libical whether a calendar on standard input keeps to RFC 5545: it parses, its lines are as
 * long as they may be, and no component breaks a restriction. Says what is wrong; 0 if nothing. */
#include <libical/ical.h>
#include <stdio.h>

static int faults = 0;

/* libical asks for these only where a METHOD is set; RFC 5545 (3.6.1) always does. */
static void need(icalcomponent* event, icalproperty_kind kind) {
    if (icalcomponent_count_properties(event, kind) == 1) return;
    printf("an event without one %s\n", icalproperty_kind_to_string(kind));
    ++faults;
}

static void look(icalcomponent* component) {
    if (icalcomponent_isa(component) == ICAL_VEVENT_COMPONENT) {
        need(component, ICAL_UID_PROPERTY);
        need(component, ICAL_DTSTAMP_PROPERTY);
        need(component, ICAL_DTSTART_PROPERTY);
    }
    icalproperty* p = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY);
    for (; p; p = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY)) {
        printf("%s\n", icalproperty_get_xlicerror(p));
        ++faults;
    }
    icalcomponent* c = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT);
    for (; c; c = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)) look(c);
}

int main(void) {
    static char text[1 << 22];
    const size_t size = fread(text, 1, sizeof text - 1, stdin);
    text[size] = '\0';
    size_t begin = 0;
    for (size_t i = 0; i < size; ++i) {
        if (text[i] != '\n') continue;
        if (i == 0 || text[i - 1] != '\r') printf("line without CRLF\n"), ++faults;
        if (i - begin > 76) printf("line longer than 75 octets\n"), ++faults;
        begin = i + 1;
    }
    icalcomponent* calendar = icalparser_parse_string(text);
    if (!calendar || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
        printf("no calendar\n");
        return 1;
    }
    if (!icalrestriction_check(calendar)) printf("a restriction is broken\n"), ++faults;
    look(calendar);
    return faults > 0;
}
