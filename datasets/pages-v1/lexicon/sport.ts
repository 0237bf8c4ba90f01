import { topic } from "./topic.js";

/** Sport, travel and being outdoors. */
export const SPORT = [
  topic("climbing hall", {
    is: "a climbing hall; a bouldering gym; a climbing wall in a silo",
    say: "Fall often, softly; New routes every Friday; Up is a direction",
    do: "Buy a day pass; Book a course; See new routes",
    offers:
      "Entry: day pass 14, ten visits 115, month 62 / Courses: first steps 39, lead climbing 145, kids club 89 / Hire: shoes 5, harness 6, rope 8",
    why: "Reset weekly=Forty problems change on Fridays.; Quiet corner=For those who hate crowds.; Clean air=Dust is drawn off at the wall.; Coffee=And bananas.",
    ask: "Do I need shoes?=You can hire them.; From what age?=Five, with an adult.; Is it busy?=Least before noon.; Do you test belayers?=Always.",
    steps: "Sign in; Warm up; Climb; Stretch",
    who: "route setter; coach; desk host",
    count: "routes; square metres; chalk bags",
    on: "Boulder jam; Women's night; Route setting class; Silo speed race",
  }),
  topic("surf school", {
    is: "a surf school; a surf camp on the Atlantic; surf lessons for beginners",
    say: "Stand up by Sunday; Salt for breakfast; Waves do the teaching",
    do: "Book a lesson; Check the swell; Rent a board",
    offers:
      "Lessons: group lesson 45, private lesson 95, five days 190 / Hire: foam board 15, wetsuit 10, longboard 22 / Stay: dorm bed 28, van pitch 16",
    why: "Small groups=Five learners to a coach.; Warm suits=Rinsed and dried each night.; Video review=See what your feet did.; Clean beach=Each lesson picks up litter.",
    ask: "Can I come if I cannot swim?=First learn, then come.; When are the waves small?=From June on.; Do you teach children?=From eight years.; What if it is flat?=We skate.",
    steps: "Wax; Paddle; Pop up; Glide",
    who: "surf coach; lifeguard; cook",
    count: "boards; lessons; days of swell",
    on: "Beach clean; Longboard Sunday; Full moon paddle; Film night",
  }),
  topic("ski rental", {
    is: "a ski rental; a ski and boot shop at the valley station; a workshop for skis",
    say: "Sharp edges, warm boots; Fitted in ten minutes; Out of the door, onto the lift",
    do: "Reserve skis; Find your size; Book a service",
    offers:
      "Skis: piste set 29, touring set 45, kids set 15, snowboard 27 / Service: edge and wax 32, base repair 55 / Extras: helmet 6, avalanche kit 19",
    why: "Foot scan=Boots that do not bite.; Swap free=Change skis at any time.; Night service=Drop by six, ready by eight.; Depot=Leave them dry and locked.",
    ask: "Can I reserve online?=Until the evening before.; Is breakage covered?=For two a day.; Do you fit boots?=With heat and patience.; Where do I return?=At either station.",
    steps: "Measure; Fit; Adjust; Ski",
    who: "boot fitter; technician; desk agent",
    count: "pairs of skis; lockers; sizes",
    on: "Test day; Waxing class; Moonlight tour; Season opening",
  }),
  topic("chess club", {
    is: "a chess club; a chess club in the back of a café; a club for all ratings",
    say: "Your move, no hurry; Pawns welcome; Think, then touch",
    do: "Join the club; See pairings; Play tonight",
    offers:
      "Membership: adult 60, junior 25, guest evening 4 / Lessons: group 12, private 35 / Events: blitz entry 8, open entry 40",
    why: "Patient teachers=No question is foolish.; Own library=Nine hundred books on openings.; Mixed teams=Ages eight to ninety-one.; Warm soup=At every long round.",
    ask: "Must I have a rating?=No.; Do you lend clocks?=And sets.; When do you meet?=Tuesdays at seven.; Is there a junior team?=Two of them.",
    steps: "Sit; Shake hands; Play; Look it over",
    who: "trainer; arbiter; captain",
    count: "boards; members; rated games",
    on: "Blitz Friday; Simul with a master; Endgame evening; Summer open",
  }),
  topic("hiking guide", {
    is: "a hiking guide; guided walks in the hills; a company for walking holidays",
    say: "Slow is the point; Boots on, phones off; Further than you thought",
    do: "Choose a walk; Check the weather; Join a group",
    offers:
      "Day walks: ridge walk 35, waterfall loop 28, sunrise hike 42 / Weeks: coast path 790, hut to hut 920, winter trail 860 / Kit: poles 6, rain cape 5",
    why: "Ten at most=So you hear the guide.; Trains only=Every walk starts at a station.; Slow pace=With breaks for birds.; Real maps=You learn to read one.",
    ask: "How fit must I be?=Two hours uphill.; Are dogs allowed?=On day walks.; What if it storms?=We move the date.; Is lunch included?=On all but the loop.",
    steps: "Pick a grade; Pack; Meet; Walk",
    who: "mountain guide; cook; route planner",
    count: "summits; huts; miles of path",
    on: "Owl walk; Map reading day; Mushroom hunt; Solstice hike",
  }),
  topic("yoga studio", {
    is: "a yoga studio; a studio for yoga and breath; a yoga room above a garage",
    say: "Breathe out first; Stiff people welcome; An hour off",
    do: "Book a mat; See the timetable; Try a week",
    offers:
      "Passes: single class 15, ten classes 120, month 85, trial week 20 / Courses: beginners 90, back care 110, prenatal 95",
    why: "No mirrors=Nobody looks.; Props for all=Blocks, straps, blankets.; Real silence=Triple glazing.; Sliding prices=Ask, no proof needed.",
    ask: "Do I need a mat?=We have thirty.; Is it for men?=Of course.; What if I am late?=The door shuts at start.; Are there showers?=Two.",
    steps: "Arrive; Breathe; Move; Rest",
    who: "teacher; physiotherapist; host",
    count: "mats; classes a week; cushions",
    on: "Full moon class; Silent Sunday; Back pain clinic; Breath weekend",
  }),
  topic("travel agency", {
    is: "a travel agency for trains; a travel agency for night trains; an agency for journeys without planes",
    say: "The way is half the trip; Sleep in one country, wake in another; Europe by window",
    do: "Plan a journey; See routes; Talk to us",
    offers:
      "Routes: Vienna overnight 129, Lisbon in three days 340, Stockholm sleeper 185 / Passes: five days 240, one month 610 / Service: seat booking 6, full plan 45",
    why: "We have been=Each route is tried by one of us.; Missed it?=We rebook while you wait.; Quiet cars=We know which.; One ticket=Even across four railways.",
    ask: "Can I take a bicycle?=On most routes.; Are couchettes mixed?=You may choose.; What about strikes?=We watch them for you.; Do children pay?=Half, from six.",
    steps: "Dream; Plan; Book; Board",
    who: "route planner; ticket agent; guidebook writer",
    count: "routes; borders; sleepers booked",
    on: "Night train evening; Packing class; Map lecture; Dining car supper",
  }),
  topic("astronomy club", {
    is: "an astronomy club; a public observatory; a club of stargazers",
    say: "Look up, it is free; Old light, new eyes; Dark skies by appointment",
    do: "Book a night; Check the sky; Borrow a telescope",
    offers:
      "Nights: guided evening 9, family evening 20, deep sky night 16 / Courses: first telescope 60, star photography 95 / Membership: year 48, student 20",
    why: "Big mirror=Half a metre wide.; Warm room=With cocoa and charts.; Red lights=To keep your eyes ready.; Plain speech=No formulas before ten.",
    ask: "What if it is cloudy?=We show the dome and talk.; From what age?=Six.; How should I dress?=Twice as warm.; Is there parking?=Lights off, please.",
    steps: "Wait for dark; Find north; Focus; Wonder",
    who: "astronomer; dome keeper; lecturer",
    count: "telescopes; clear nights; comets seen",
    on: "Perseid watch; Moon map night; Saturn season; Mirror making",
  }),
];
