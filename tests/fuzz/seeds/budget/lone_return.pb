META
key;value
budget;10
vote_type;approval
max_length;2
PROJECTS
project_id;cost;votes;name;selected

p2;600;2;Paths;0VOTES
voter_id;vote;,1
сд
