//! Each kind of identifier in the forms it is written in, and what looks like it and is not.

use postcall::domain::guard::{Severity, findings};

/// Every line of `there` has a finding of the kind; no line of `quiet` has one that asks for
/// another word.
#[track_caller]
fn kind(id: &str, there: &[&str], quiet: &[&str]) {
    for text in there {
        let found = findings(text);
        assert!(found.iter().any(|f| f.kind.id() == id), "{text}: {found:?}");
    }
    for text in quiet {
        let found = findings(text);
        assert!(
            found.iter().all(|f| f.severity < Severity::Medium),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn a_name_after_a_title() {
    kind(
        "name",
        &[
            "Mr Vexley left",
            "Mrs. Thornquist left",
            "ms prendergast left",
            "Miss Ogilvie left",
            "Mx Tranter left",
            "Mme Desrosiers left",
            "Madam Osei left",
            "Sra. Quispe left",
            "Señora de la Fuente left",
            "Mr J. van Houten left",
            "Mrs O'Leary left",
            "mr wu left",
            "mrs li left",
            "MR ABERNATHY LEFT",
        ],
        &[
            "MR enterography booked",
            "trace MR on the echo",
            "morphine MR 10 mg",
            "MS relapse",
            "MS 2 mg iv",
            "MS2 presented well",
            "Sr. registrar on call",
            "Miss nothing",
            "miss the old rota",
            "mr on call tonight",
            "mr iv contrast",
            "Mrs",
        ],
    );
}

#[test]
fn a_name_after_the_word_patient() {
    kind(
        "name",
        &[
            "pt Leontyne rang",
            "patient: Odalys Verran",
            "client, Otto Hale",
            "pt's name is Solveig",
            "patient name was Farzaneh",
            "my patient Otto slept",
            "baby Lior fed",
            "name: Tomasz",
            "Name Rhys Pemberton on it",
            "name - Tomasz Wieczorek",
        ],
        &[
            "Patient Experience came",
            "Pt Comfort Rounds help",
            "Pt Will need time",
            "Pt Refused bloods",
            "PT 14.2 today",
            "PT Margins fine",
            "patient Monday clinic",
            "Seen by Pt. Then left",
        ],
    );
}

#[test]
fn a_name_beside_a_relative() {
    kind(
        "name",
        &[
            "husband Casimir rang",
            "wife (Odalys) rang",
            "son, Emeka, rang",
            "daughter: Aoife",
            "mum Zainab rang",
            "grandson Pradeep rang",
            "carer Lindiwe rang",
            "NOK Bronagh Tierney",
            "next of kin is Marguerite Soulier",
            "Okwuosa's daughter rang",
            "Ngozi's mum rang",
            "Priya, the daughter, rang",
            "spoke with Grace, her sister.",
            "Otto (husband) rang",
            "Leontyne, the patient, laughed",
        ],
        &[
            "daughter by phone",
            "mum Friday, dad Sunday",
            "son May be late",
            "wife March visit",
            "Today's family meeting",
            "Parkinson's family support",
            "Metoprolol (wife has the list)",
            "Afterwards, the daughter, the son and I",
            "Hospice (family) discussed",
        ],
    );
}

#[test]
fn a_name_with_an_age() {
    kind(
        "name",
        &[
            "Odalys Verran, 66F",
            "Otto (71)",
            "Ludmila 83F falls",
            "Kowalczyk, 72M",
            "Magdalena Ruiz, 29 yo",
            "Tam Rennie 58-year-old",
            "Odalys Verran, 4 y/o",
            "Maria, 54F",
            "James (81M)",
            "Thomas, 66 yo",
        ],
        &[
            "Grade 3 M sprain",
            "COVID 19 F clinic",
            "March 12 M list",
            "May 12 M list",
        ],
    );
}

#[test]
fn a_name_of_a_clinician() {
    kind(
        "clinician_name",
        &[
            "Dr. Abara stayed",
            "Prof Lindqvist asked",
            "Nurse Priya saw it",
            "RN Marisol called",
            "the intern Jonah ran",
            "attending Okafor agreed",
        ],
        &[
            "the Dr. never came",
            "a long drive",
            "prof jokes",
            "Dr. Abara stayed",
        ],
    );
}

#[test]
fn a_record_number() {
    kind(
        "mrn",
        &[
            "MRN 4471",
            "MR# 229014",
            "chart 558210",
            "hosp no J229014",
            "hospital no. K44091",
            "URN 6620138",
            "unit no 338201",
            "CSN 200991",
            "FIN 88120",
            "encounter 88120934",
            "accession 24-118-0093",
            "acc# 771204",
            "visit id 55210",
            "pt id 99118",
            "specimen no B22918",
            "order no 77120",
            "case note number X119283",
        ],
        &[
            "MRN field was blank",
            "ACC/AHA guideline",
            "fin. done",
            "chart review all day",
            "order 2 units",
            "case notes read twice",
        ],
    );
}

#[test]
fn a_bare_number() {
    kind(
        "mrn",
        &[
            "left 4471920 on a note",
            "who is 30441987",
            "wrote 304419870 on my hand",
        ],
        &[
            "HCV RNA 900000",
            "neutrophils 12000",
            "budget of 2500000",
            "class of 2024",
            "at 0730 again",
            "heparin 5000 units",
            "HCV viral load 1204417",
            "1204417 copies",
        ],
    );
}

#[test]
fn a_number_of_the_english_health_service() {
    kind(
        "nhs_number",
        &[
            "999 040 9455 copied",
            "NHS no. 999 040 9456",
            "nhs 4505577104",
        ],
        &["NHS pressures", "nhs 111 queue"],
    );
    kind("phone", &["020-794-6095 rang", "943-476-5919 rang"], &[]);
}

#[test]
fn a_social_security_number() {
    kind(
        "ssn",
        &[
            "944-20-1183 printed",
            "944.20.1183",
            "944 20 1183",
            "ssn 078051120",
            "social security 078051120",
            "xxx-xx-1183",
            "000-12-3456",
            "last 4 of social 6621",
        ],
        &["450-14/0500", "vent 450-14 0.4", "100-20.5-1000"],
    );
}

#[test]
fn a_number_of_a_state() {
    kind(
        "national_id",
        &[
            "QQ 12 34 56 C",
            "1EG4-TE5-MK73",
            "ohip 4832 117 004",
            "health card 9876 543 217",
            "CHI 1711391234",
            "passport no 533401829",
            "H&C 3320118845",
        ],
        &["T12 L1 S2 intact", "B12 1 mg", "MK 677 study"],
    );
}

#[test]
fn a_telephone() {
    kind(
        "phone",
        &[
            "(415) 555-0199",
            "312.555.0187",
            "cell 4155550199",
            "+47 912 34 567",
            "07700 900288",
            "0161 496 0733",
            "call 555-0134",
            "ring 5550134",
            "tel 496 0123",
        ],
        &[
            "180/110 150/90 130/84",
            "shift 1900-0700",
            "CPT 99223 ICD J18.9",
            "sats 88-92",
            "bleep 4417",
            "ext 55123",
            "pager 5521",
        ],
    );
    kind("phone", &["bleep 4417", "ext 55123", "pager 5521"], &[]);
}

#[test]
fn an_address_of_mail_of_the_web_and_of_a_computer() {
    kind(
        "email",
        &["casimir.v@example.org", "a+b@mail-host.example.net"],
        &["pain @ rest", "5 @ 10 mL/h", "thanks @nightreg"],
    );
    kind(
        "url",
        &[
            "http://portal.example.com/pt/88213",
            "www.page.example/a",
            "https://www.nhs.uk/sepsis",
        ],
        &["n.b. later", "e.g. tea", "https://www.nhs.uk/sepsis"],
    );
    kind(
        "ip",
        &["192.168.14.22", "2001:db8::ff00:42:8329", "1:2:3:4:5:6:7:8"],
        &[
            "v2.4.1.0 crashed",
            "version 10.2.3.4",
            "7.21 / 8.1 / 22",
            "at 10:20:30",
        ],
    );
}

#[test]
fn a_date_of_birth() {
    kind(
        "dob",
        &[
            "DOB 17/02/1939",
            "d.o.b 02-02-1990",
            "born 14 july 1952",
            "date of birth 1 Jan 1930",
            "birthday 22/06/1944",
            "b. 3 May 1961",
            "born in March 1939",
            "bday is Oct 4",
        ],
        &["born at 28 weeks", "newborn check", "born in a taxi"],
    );
}

#[test]
fn a_day_on_which_something_happened() {
    kind(
        "date",
        &[
            "discharged 2024-05-17",
            "17/05/2024",
            "May 17, 2024",
            "admitted 3 May",
            "died 3rd Oct",
            "surgery May 17",
            "readmitted Oct 30th",
            "seen 5 March",
            "arrested 6 November",
            "fell 2 Nov",
            "op date 5th Nov",
            "cardiac arrest on 6 November",
        ],
        &[
            "pain 9/10",
            "power 4/5",
            "murmur 2/6",
            "abx 5/7",
            "cough 3/52",
            "off work 8/12",
            "2/2 sepsis",
            "adrenaline 1/10 made up",
            "3 of 5 goals",
            "va 6/12",
            "24/7 cover",
            "G3P2 at 31+4",
            "exam 3 May",
            "portfolio due 30 Nov",
        ],
    );
}

#[test]
fn an_age_of_ninety_and_more() {
    kind(
        "age_over_89",
        &[
            "96yo welder",
            "98 y/o lady",
            "a 101-year-old",
            "92 years old",
            "90M fall",
            "98 y F sharp",
            "aged 97",
            "turned 95",
            "she is ninety-six and cross",
            "he is 93, she is 91",
            "her mother, 90, is here",
        ],
        &[
            "95 mg given",
            "95 kg",
            "94% on 2 L",
            "hr 104",
            "90-day readmissions",
            "temp 101 F",
            "a 110 year old building",
            "he is 93% on air",
            "she was 92 on 2 L",
            "89yo lady",
        ],
    );
}

#[test]
fn an_address() {
    kind(
        "address",
        &[
            "31 Nettlefold Street",
            "14 Kestrel Close",
            "220 Alder Ridge Rd",
            "9b Thistle Court",
            "4417 Delmar Blvd",
            "18 Marchmont Terrace",
            "7 Orchard Way",
            "12 Priory Row",
            "5 Beacon Hill",
            "PO Box 771",
            "LS6 3QT",
            "ZIP 98101",
            "Dayton, OH 45402",
            "lives in Thornaby",
        ],
        &[
            "ST elevation",
            "12 Fr catheter",
            "OR 4 turnover",
            "Route IV not PO",
            "T12 L1 fracture",
            "B12 1MG given",
            "North ward short",
            "South ward fine",
        ],
    );
}

#[test]
fn a_place_in_the_house_and_a_house() {
    kind(
        "location",
        &[
            "bed 14 rang",
            "bay 3 chaos",
            "rm 12B dark",
            "room 6 loud",
            "ICU 4 full",
        ],
        &[
            "bed 14 rang",
            "room air",
            "bed 2 days",
            "six-bed bay",
            "bed rest",
            "3 rooms",
        ],
    );
    kind(
        "facility",
        &[
            "at Northgate Hospital",
            "Larkmoor Medical Center",
            "the Eastmoor Clinic",
            "St Brannoc's Infirmary",
        ],
        &["General Surgery at 7", "Clinic ran late"],
    );
}

#[test]
fn a_number_of_an_account_a_licence_a_device() {
    kind(
        "account",
        &[
            "policy HX-2209114",
            "member id W229481",
            "acct 70023391",
            "card 4111 1111 1111 1111",
        ],
        &["cards consult", "a policy of 3 points"],
    );
    kind(
        "license",
        &[
            "driving licence MORGA657054",
            "plate KX19 PLD",
            "VIN 1HGCM82633A004352",
            "licence D4471920",
        ],
        &["full plate of food", "licence to ask"],
    );
    kind(
        "device",
        &[
            "serial 22-90817",
            "SN 88120X",
            "lot AX44091",
            "IMEI 356938035643809",
        ],
        &["a lot of 3 am calls", "device rep was kind"],
    );
}
