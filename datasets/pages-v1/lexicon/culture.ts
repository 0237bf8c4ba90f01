import { topic } from "./topic.js";

/** Places of art, music, learning and company. */
export const CULTURE = [
  topic("maritime museum", {
    is: "a maritime museum; a museum of harbours and ships; a small museum on a quay",
    say: "Salt on the windows; Four centuries at anchor; Climb aboard",
    do: "Plan a visit; Buy tickets; Explore the collection",
    offers:
      "Tickets: adult 12, concession 8, child 5, family 28 / Tours: rope tour 6, captain's tour 15, night watch 22 / Shop: poster 14, ship model 49",
    why: "Touch it=A third of the objects may be handled.; Real ships=Two of them still sail.; Warm café=With soup in bad weather.; Ramps all through=Every deck but one.",
    ask: "How long does a visit take?=Two hours for most.; Are there lockers?=Free ones.; May I take photographs?=Without flash.; Is it open on Mondays?=In summer only.",
    steps: "Buy a ticket; Take a map; Board; Ask the crew",
    who: "curator; boatbuilder; guide; archivist",
    count: "ships; knots; logbooks",
    on: "Sea shanty night; Knot workshop; Lighthouse lecture; Regatta breakfast",
  }),
  topic("repertory cinema", {
    is: "a repertory cinema; a cinema with one screen; a film club with a projector",
    say: "Lights down, phones off; Films deserve a dark room; Seventy seats, one screen",
    do: "See what's on; Buy a ticket; Become a member",
    offers:
      "Tickets: evening 10, matinee 7, students 6, double bill 15 / Membership: single 45, couple 70 / Bar: popcorn 4, cherry soda 3",
    why: "Real film=Thirty-five millimetre each month.; No adverts=Never, before any film.; Talk after=Stay and argue.; Subtitles=On every foreign print.",
    ask: "May I bring food?=Quiet food.; Are films dubbed?=No.; Can we hire the hall?=On Tuesdays.; Is there a lift?=By the side door.",
    steps: "Pick a film; Book a seat; Arrive early; Stay for the credits",
    who: "programmer; projectionist; bar manager",
    count: "seats; prints; members",
    on: "Silent film with piano; Noir weekend; Director's visit; Animation matinee",
  }),
  topic("jazz club", {
    is: "a jazz club; a cellar club for live music; a club with a grand piano",
    say: "Two sets, no shouting; Late, low and swinging; The piano is in tune",
    do: "Reserve a table; See the week; Join the list",
    offers:
      "Entry: weeknight 12, weekend 18, late set 8 / Tables: front table 30, booth for four 48 / Drinks: old fashioned 11, ginger fizz 7",
    why: "Good ears=Our engineer played for years.; Young nights=Students play on Mondays.; No stage lights=Just lamps.; Walk home=The tram runs all night.",
    ask: "Is there a dress code?=Shoes.; When does it start?=Half past eight.; Can I sit in?=At the jam, yes.; Do you serve food?=Until ten.",
    steps: "Book; Come down; Listen; Linger",
    who: "booker; sound engineer; bartender",
    count: "concerts; trumpets; nights a week",
    on: "Monday jam; Quartet residency; Hammond night; Vocal summit",
  }),
  topic("language school", {
    is: "a language school; evening classes for languages; a school that teaches by talking",
    say: "Say it wrong until it is right; Speak on day one; Grammar can wait",
    do: "Take the level test; Find a course; Book a trial lesson",
    offers:
      "Groups: beginner spanish 180, evening italian 195, business german 240, arabic script 160 / Private: one lesson 42, ten lessons 380 / Exams: mock exam 60",
    why: "Six at most=You talk half the time.; Native teachers=From twenty towns.; Make up a class=Miss one, join another.; Real errands=We shop, order, complain.",
    ask: "How do I know my level?=By a ten-minute test.; Are books included?=Yes, from the first day.; Do you teach online?=The same groups.; Can I change groups?=Within two weeks.",
    steps: "Test; Choose; Join; Speak",
    who: "teacher; course planner; examiner",
    count: "languages; learners; conversations",
    on: "Tandem evening; Film in Portuguese; Pronunciation lab; Pub quiz in French",
  }),
  topic("community choir", {
    is: "a community choir; a choir without auditions; a choir of sixty neighbours",
    say: "Come as you sound; Wednesday nights, loud; Four parts, one pint",
    do: "Sing with us; Hear a recording; Come on Wednesday",
    offers:
      "Membership: season 60, reduced 30, single evening 6 / Concerts: balcony 12, nave 16, children 0 / Extras: scores 8, choir shirt 18",
    why: "No auditions=Really none.; Parts by ear=Recordings for every voice.; Childcare=A sitter in the next room.; After-song=The pub knows us.",
    ask: "Do I have to read music?=No.; What do you sing?=Everything but Wagner.; Where do you meet?=In the old fire station.; May I just listen?=Once.",
    steps: "Warm up; Learn a line; Add the parts; Perform",
    who: "conductor; pianist; treasurer",
    count: "singers; songs; concerts a year",
    on: "Carols by lantern; Summer concert; Sea song weekend; Come and sing day",
  }),
  topic("public library", {
    is: "a public library; a district library; a library with a workshop",
    say: "Free since 1904; Borrow nearly anything; Quiet upstairs, loud below",
    do: "Search the catalogue; Get a card; Book a room",
    offers:
      "Cards: adult card 10, child card 0, day pass 2 / Rooms: study room 4, music room 6, hall 60 / Tools: sewing machine 5, projector 8",
    why: "Things, too=Drills, telescopes, tents.; Open Sundays=With volunteers.; Help with forms=No question too small.; Fines abolished=Just bring it back.",
    ask: "How long may I keep a book?=Four weeks.; Can I return it elsewhere?=At any branch.; Is there Wi-Fi?=And plugs at every desk.; Do you lend e-books?=Ten at a time.",
    steps: "Join; Find; Borrow; Return",
    who: "librarian; archivist; workshop guide",
    count: "volumes; branches; loans a day",
    on: "Story hour; Repair afternoon; Local history walk; Board game night",
  }),
  topic("photography studio", {
    is: "a photography studio; a portrait photographer; a photographer of buildings",
    say: "Look up, hold still; Light, then everything else; Faces as they are",
    do: "Book a sitting; See the portfolio; Ask for dates",
    offers:
      "Portraits: single sitting 120, family sitting 190, passport set 18 / Business: team day 850, product table 340 / Prints: small print 25, large print 90",
    why: "North light=A window as wide as the room.; No presets=Each picture is graded by hand.; Your files=Full size, no watermark.; Patience=We wait for the dog.",
    ask: "How many pictures do I get?=Twelve, edited.; Can you come to us?=Within the county.; Is make-up included?=On request.; How soon?=Within a week.",
    steps: "Talk; Light; Shoot; Choose",
    who: "photographer; retoucher; assistant",
    count: "sittings; lenses; square feet",
    on: "Darkroom day; Portrait Sunday; Pinhole workshop; Street walk",
  }),
  topic("theatre company", {
    is: "a theatre company; an amateur theatre; a theatre in a former bathhouse",
    say: "Somebody else for an evening; Curtain at eight; Plays that answer back",
    do: "Get tickets; See the season; Audition",
    offers:
      "Seats: stalls 24, gallery 16, restricted view 9 / Passes: five plays 85, youth pass 30 / Bar: programme 3, interval wine 6",
    why: "Relaxed shows=Come, go, make noise.; Pay what you can=On every second Tuesday.; Audio described=With headphones at the desk.; Local writers=Two new plays a year.",
    ask: "How long is a play?=Two hours with a break.; May latecomers enter?=Between scenes.; Is it heated?=Now, yes.; Can schools come?=At noon.",
    steps: "Read; Rehearse; Open; Strike the set",
    who: "director; stage manager; dramaturge",
    count: "premieres; costumes; seats",
    on: "Opening night; Open rehearsal; Improv Thursday; Costume sale",
  }),
];
